// The namespaces of Autodiscover (MS-OXDSCLI §2.2.1, MS-ASCMD §2.2.1.1). On the wire they begin with "http://".
#pragma once

#include <string_view>

namespace mailconf::autodiscover {

inline constexpr std::string_view outlook_request =
    "http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006";
inline constexpr std::string_view outlook_response =
    "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";
inline constexpr std::string_view mobilesync_request =
    "http://schemas.microsoft.com/exchange/autodiscover/mobilesync/requestschema/2006";
inline constexpr std::string_view mobilesync_response =
    "http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006";
// Round every answer, and of errors.
inline constexpr std::string_view envelope = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006";

}  // namespace mailconf::autodiscover
