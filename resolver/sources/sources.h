// The makers of all sources; catalog.cpp lists them in order of preference.
#pragma once

#include <memory>

#include "sources/source.h"

namespace mailconf {

std::unique_ptr<Source> make_policy_source(const Subject& subject);
std::unique_ptr<Source> make_pacc_source(const Subject& subject);
std::unique_ptr<Source> make_autoconfig_source(const Subject& subject);
std::unique_ptr<Source> make_well_known_source(const Subject& subject);
std::unique_ptr<Source> make_autoconfig_http_source(const Subject& subject);
std::unique_ptr<Source> make_ispdb_source(const Subject& subject);
std::unique_ptr<Source> make_builtin_source(const Subject& subject);
std::unique_ptr<Source> make_mx_autoconfig_source(const Subject& subject);
std::unique_ptr<Source> make_mx_ispdb_source(const Subject& subject);
std::unique_ptr<Source> make_mx_builtin_source(const Subject& subject);
std::unique_ptr<Source> make_srv_source(const Subject& subject);
std::unique_ptr<Source> make_txt_source(const Subject& subject);
std::unique_ptr<Source> make_autodiscover_source(const Subject& subject);
std::unique_ptr<Source> make_parent_source(const Subject& subject);
std::unique_ptr<Source> make_guess_source(const Subject& subject);

}  // namespace mailconf
