// Autodiscover: where it answers, and how (MS-OXDSCLI §3.1.5).
#include <algorithm>
#include <fmt/core.h>

#include "audit/judges.h"
#include "audit/places.h"
#include "audit/roads.h"
#include "formats/xml.h"
#include "model/text.h"

namespace mailconf::audit {
namespace {

bool answers(const Gathered& gathered, const Road& road) {
  const auto* document = road.document();
  if (!document) return false;
  const auto read = read_autodiscover_xml(document->body, gathered.domain());
  return read && (read->document || !read->redirect_url.empty() || !read->redirect_address.empty());
}

bool in_clear(const Road& road) {
  return std::ranges::none_of(road.hops, [](const HttpQuestion& hop) { return hop.url.https; });
}

void judge_road(const Gathered& gathered, const HttpQuestion& place, Findings& findings) {
  const auto road = road_from(gathered, place);
  const auto add = [&](std::string_view code, std::string message) {
    findings.add(code, place.url.text_without_query(), std::move(message), evidence(gathered, road));
  };
  if (road.unsecure) add("autodiscover-https-to-http", "it leads to " + *road.unsecure);
  const int status = road.status();
  if (status == 401 && place.url.https) add("autodiscover-login", "it answers with status 401");
  if (status >= 500) add("autodiscover-failing", fmt::format("it answers with status {}", status));
  const auto* document = road.document();
  if (!document || !place.url.https) return;
  // A web page at the path is the web site's, not a failed attempt.
  const auto parsed = xml::Document::parse(document->body);
  if (!parsed || !parsed->root().is("Autodiscover")) return;
  const auto read = read_autodiscover_xml(document->body, gathered.domain());
  if (!read) return add("autodiscover-malformed", read.error().text());
  if (read->error != 0) add("autodiscover-malformed", fmt::format("it answers with error {}", read->error));
}

void judge_plain_http(const Gathered& gathered, const HttpQuestion& place, bool any_encrypted, Findings& findings) {
  const auto road = road_from(gathered, place);
  if (!answers(gathered, road) || !in_clear(road)) return;
  findings.add(any_encrypted ? "autodiscover-over-http" : "autodiscover-only-over-http", place.url.text_without_query(),
               "what is posted there is answered without encryption", evidence(gathered, road));
}

void judge_other_forms(const Gathered& gathered, Findings& findings) {
  const auto& domain = gathered.domain();
  const auto usual = autodiscover_places(domain).front();
  const auto other = autodiscover_other_case(domain);
  const bool usual_answers = answers(gathered, road_from(gathered, usual));
  const bool other_answers = answers(gathered, road_from(gathered, other));
  const std::vector<Evidence> seen{evidence(gathered, Question{usual}), evidence(gathered, Question{other})};
  const auto* missing = gathered.answer(Question{usual_answers ? other : usual});
  if (usual_answers != other_answers && !could_not_tell(missing))
    findings.add("autodiscover-letter-case", usual.url.text_without_query(),
                 fmt::format("{} is not answered", (usual_answers ? other : usual).url.path), seen);
  const Question json = autodiscover_json_place(domain);
  const auto* form = gathered.http(json);
  const bool told = form && form->status == 200 && form->body.find("Url") != std::string::npos;
  if (usual_answers && !told && !could_not_tell(gathered.answer(json)))
    findings.add("autodiscover-json-missing",
                 "https://autodiscover." + domain.ascii() + "/autodiscover/autodiscover.json",
                 "devices that ask for it first lose time", {evidence(gathered, json)});
}

}  // namespace

void judge_autodiscover(const Gathered& gathered, Findings& findings) {
  bool any = false;
  bool any_encrypted = false;
  std::vector<Evidence> seen;
  for (const auto& place : autodiscover_starts(gathered)) {
    const auto road = road_from(gathered, place);
    const bool here = answers(gathered, road) || road.status() == 401;
    any = any || here || could_not_tell(road.end);
    any_encrypted = any_encrypted || (here && !in_clear(road));
    judge_road(gathered, place, findings);
    seen.push_back(evidence(gathered, Question{place}));
  }
  for (const auto& place : autodiscover_starts(gathered)) {
    if (!place.url.https) judge_plain_http(gathered, place, any_encrypted, findings);
  }
  if (!any) findings.add("autodiscover-missing", gathered.domain().ascii(), "none of its places answers", seen);
  judge_other_forms(gathered, findings);
}

}  // namespace mailconf::audit
