#include "server/endpoints/autodiscover_soap.h"

#include "mailconf/publishing.h"
#include "server/document_answer.h"

namespace mailconf::server {
namespace {

constexpr auto content_type = "text/xml; charset=utf-8";

UserSettingsAnswer failed(UserOutcome outcome, std::string target = "") {
  UserSettingsAnswer answer;
  answer.outcome = outcome;
  answer.redirect_target = std::move(target);
  return answer;
}

UserSettingsAnswer answer_about(const std::string& mailbox, const Domains& domains) {
  const auto address = EmailAddress::parse(mailbox);
  if (!address) return failed(UserOutcome::invalid_user);
  const auto found = domains.find(address->domain());
  if (!found) return failed(found.error().status == 404 ? UserOutcome::invalid_user : UserOutcome::server_busy);
  if (const auto& elsewhere = (*found)->elsewhere) {
    if (elsewhere->url.empty()) return failed(UserOutcome::redirect_address, elsewhere->address);
    return failed(UserOutcome::redirect_url, elsewhere->url);
  }
  return {UserOutcome::found, "", *address, for_address((*found)->settings, *address).settings};
}

}  // namespace

Answer autodiscover_soap(const Request& request, const Domains& domains) {
  if (request.method != "POST") return explain(200, "This is an Autodiscover service: mail clients ask it by SOAP.");
  const auto question = read_user_settings_request(request.body);
  if (!question) return fresh_answer(write_user_settings_refusal(question.error().message), content_type);
  std::vector<UserSettingsAnswer> answers;
  for (const auto& mailbox : question->mailboxes) answers.push_back(answer_about(mailbox, domains));
  return fresh_answer(write_user_settings(*question, answers), content_type);
}

}  // namespace mailconf::server
