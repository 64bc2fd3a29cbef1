// Prints the hand-made reports as the library writes them: "result", "simulation", "check" or "probe", a tab, one JSON
// text a line.
#include <iostream>

#include "hand_made.h"
#include "mailconf/audit.h"
#include "mailconf/formats.h"

int main() {
  for (const auto& [name, report] : mailconf::hand_made::all()) {
    std::cout << "result\t" << mailconf::write_report_json(report, false) << '\n';
  }
  std::cout << "simulation\t" << mailconf::write_simulation_json("example.org", mailconf::hand_made::simulated(), false)
            << '\n';
  for (const auto& audit : {mailconf::hand_made::audited(), mailconf::hand_made::audited_clean()}) {
    std::cout << "check\t" << mailconf::write_audit_json(audit, false) << '\n';
  }
  std::cout << "probe\t" << mailconf::write_probe_json(mailconf::hand_made::probed(), false) << '\n';
}
