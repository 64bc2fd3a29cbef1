// The options of the commands, in the groups that --help shows; most are of several commands.
#pragma once

#include "options.h"

namespace CLI {
class App;
}

namespace mailconf::cli {

inline constexpr const char* kFirstGroup = "Output";

void add_export_options(CLI::App& app, TypedOptions& typed);
void add_guide_options(CLI::App& app, TypedOptions& typed);
void add_check_options(CLI::App& app, TypedOptions& typed);
void add_bulk_options(CLI::App& app, TypedOptions& typed);
void add_recording_options(CLI::App& app, TypedOptions& typed);
void add_simulation_options(CLI::App& app, TypedOptions& typed);
void add_login_options(CLI::App& app, TypedOptions& typed);
void add_json_option(CLI::App& app, TypedOptions& typed);
void add_output_options(CLI::App& app, TypedOptions& typed);
void add_network_options(CLI::App& app, TypedOptions& typed);
void add_list_of_sources(CLI::App& app, TypedOptions& typed);
void add_source_options(CLI::App& app, TypedOptions& typed);

}  // namespace mailconf::cli
