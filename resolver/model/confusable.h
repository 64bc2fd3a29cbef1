// Labels that people could take for others.
#pragma once

#include <string_view>

namespace mailconf {

// The U-label mixes scripts whose letters look alike, or consists of Cyrillic or Greek letters that all look like Latin
// ones below a top-level domain in Latin letters: homographs, as in UTS #39 §4 and §5, without its full tables.
bool could_mislead(std::string_view u_label, bool latin_top_level);

}  // namespace mailconf
