// Why nothing was found, source by source, and what can be done about it.
#pragma once

#include "mailconf/report.h"
#include "style.h"
#include "table.h"

namespace mailconf::cli {

void add_reasons(Table& table, const Report& report, const Style& style);
void add_advice(Table& table, const Report& report, const Style& style);

}  // namespace mailconf::cli
