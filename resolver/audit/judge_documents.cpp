// Autoconfig files: where they are, how they are given out, and whether they are the same everywhere.
#include <algorithm>
#include <fmt/core.h>

#include "audit/judges.h"
#include "audit/places.h"
#include "audit/roads.h"
#include "model/text.h"
#include "sources/source.h"

namespace mailconf::audit {
namespace {

bool is_xml_type(const HttpAnswer& answer) { return to_lower(answer.content_type).find("xml") != std::string::npos; }

class DocumentJudge {
 public:
  DocumentJudge(const Gathered& gathered, Findings& findings)
      : gathered_(gathered), findings_(findings), read_(autoconfig_publications(gathered)) {}

  void run() {
    for (const auto& place : autoconfig_places(gathered_.domain())) judge_place(place);
    judge_presence();
  }

 private:
  [[nodiscard]] bool is_read(const HttpQuestion& place) const {
    return std::ranges::any_of(read_, [&](const Publication& each) { return each.place == name_of(place); });
  }
  static std::string name_of(const HttpQuestion& place) { return place.url.text_without_query(); }

  void judge_place(const HttpQuestion& place) {
    const auto road = road_from(gathered_, place);
    const auto add = [&](std::string_view code, std::string message) {
      findings_.add(code, name_of(place), std::move(message), evidence(gathered_, road));
    };
    if (road.unsecure) add("autoconfig-https-to-http", "it leads to " + *road.unsecure);
    if (const auto* document = road.document()) return judge_document(place, road, *document);
    if (!place.url.https) return;
    const int status = road.status();
    if (status >= 500 || status == 401 || status == 403 || status == 429)
      add("autoconfig-status", fmt::format("it answers with status {}", status));
    const auto asked_again = road_from(gathered_, with_address(place, gathered_.domain()));
    if (asked_again.document() && is_read(place))
      findings_.add("autoconfig-needs-address", name_of(place),
                    fmt::format("it answers with status {} without an address", status),
                    {evidence(gathered_, Question{place}), evidence(gathered_, Question{asked_again.hops.front()})});
  }

  void judge_document(const HttpQuestion& place, const Road& road, const HttpAnswer& document) {
    const auto add = [&](std::string_view code, std::string message) {
      findings_.add(code, name_of(place), std::move(message), evidence(gathered_, road));
    };
    const auto read = read_autoconfig_xml(document.body, gathered_.domain());
    if (!read) {
      // Over http, and where nobody publishes anything, sites may answer as they like.
      if (!place.url.https) return;
      if (is_web_page(document)) return add("autoconfig-html", "its status is 200, as if the file were there");
      return add("autoconfig-malformed", read.error().text());
    }
    if (place.url.https && !is_xml_type(document))
      add("autoconfig-content-type", fmt::format("it is labelled \"{}\"", printable(document.content_type, 60)));
    const bool in_clear = !place.url.https && std::ranges::none_of(road.hops, [](auto& hop) { return hop.url.https; });
    if (!in_clear) return;
    auto encrypted = place.url.host == gathered_.domain().ascii() ? well_known_place(gathered_.domain(), true)
                                                                  : autoconfig_place(gathered_.domain(), true);
    if (is_read(encrypted))
      add("autoconfig-over-http", "who asks by http is answered by http");
    else if (!could_not_tell(gathered_.answer(Question{encrypted})))
      add("autoconfig-only-over-http", "there is no such file at " + name_of(encrypted));
  }

  // The provider's own file serves those who look for it.
  bool judge_mx_places() {
    for (const auto& place : places_by_mx(gathered_)) {
      const auto road = road_from(gathered_, place);
      const auto* document = road.document();
      if (!document || !read_autoconfig_xml(document->body, gathered_.domain())) continue;
      findings_.add("autoconfig-by-mx", place.url.host, "the domain publishes none of its own",
                    evidence(gathered_, road));
      return true;
    }
    return false;
  }

  // A document that cannot be read is told of by itself.
  [[nodiscard]] bool is_or_may_be_there(const HttpQuestion& place) const {
    const auto road = road_from(gathered_, place);
    return road.document() || could_not_tell(road.end);
  }

  void judge_presence() {
    const auto& domain = gathered_.domain();
    const auto host = autoconfig_place(domain, true);
    const auto well_known = well_known_place(domain, true);
    const std::vector<Evidence> seen{evidence(gathered_, Question{host}), evidence(gathered_, Question{well_known})};
    if (read_.empty()) {
      const bool maybe = is_or_may_be_there(host) || is_or_may_be_there(well_known);
      if (judge_mx_places()) return;
      if (!maybe) findings_.add("autoconfig-missing", domain.ascii(), "nothing is published for them", seen);
      return;
    }
    const bool any_encrypted = is_read(host) || is_read(well_known);
    if (any_encrypted && !is_read(host) && !could_not_tell(gathered_.answer(Question{host})))
      findings_.add("autoconfig-host-missing", name_of(host), "it is at the second place alone", seen);
    if (any_encrypted && !is_read(well_known) && !could_not_tell(gathered_.answer(Question{well_known})))
      findings_.add("autoconfig-well-known-missing", name_of(well_known), "it is at the first place alone", seen);
  }

  const Gathered& gathered_;
  Findings& findings_;
  std::vector<Publication> read_;
};

}  // namespace

void judge_documents(const Gathered& gathered, Findings& findings) { DocumentJudge(gathered, findings).run(); }

}  // namespace mailconf::audit
