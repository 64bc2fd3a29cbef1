// The world of a scenario file. `tests/scenarios/README.md` shows all that can be said in one.
#pragma once

#include <string>
#include <string_view>

#include "support/toml_fields.h"
#include "support/world.h"

namespace mailconf::simulated {

// Takes the tables [network], [zone.*] and [host.*]. `mail_domain` is what short-form documents are valid for;
// `directory` is where files are looked for. Throws BadScenario.
World read_world(Fields& scenario, const std::string& mail_domain, const std::string& directory);

// The same for a text that describes nothing but a world.
World world_from(std::string_view toml, const std::string& mail_domain = "example.org");

}  // namespace mailconf::simulated
