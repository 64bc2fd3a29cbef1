#include "command_line.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <sstream>

#include "display_text.h"

using namespace mailconf;
using namespace mailconf::cli;

namespace {

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> words;
  std::istringstream stream(text);
  for (std::string word; stream >> word;) words.push_back(word == "''" ? "" : word);
  return words;
}

CommandLine understood_line(const std::string& text) {
  const auto read = read_command_line(words(text));
  if (const auto* reply = std::get_if<Reply>(&read)) BOOST_FAIL(reply->text);
  return std::get<CommandLine>(read);
}

Reply reply_to(const std::string& text) {
  const auto read = read_command_line(words(text));
  BOOST_REQUIRE(std::holds_alternative<Reply>(read));
  return std::get<Reply>(read);
}

struct Mistake {
  const char* typed;
  const char* sentence;
};
std::ostream& operator<<(std::ostream& out, const Mistake& mistake) { return out << mistake.typed; }

const Mistake kMistakes[]{
    {"alice@example.org", "there is no command \"alice@example.org\"; try mailconf resolve ADDRESS"},
    {"frobnicate", "there is no command \"frobnicate\"; try mailconf --help"},
    {"\x1b[2J", "there is no command \"?[2J\"; try mailconf --help"},
    {"--json resolve a@b.example", "there is no option before the command \"--json\"; try mailconf --help"},
    {"imitate b.example", "there is no command \"imitate\"; try mailconf --help"},
    {"simulate", "simulate needs a domain; see mailconf simulate --help"},
    {"simulate --record f --replay g b.example", "--replay: cannot be given together with --record"},
    {"check --record '' b.example", "--record: \"\" is empty"},
    {"simulate --ispdb off b.example", "there is no option --ispdb; see mailconf simulate --help"},
    {"resolve", "resolve needs an address or a domain; see mailconf resolve --help"},
    {"check", "check needs a domain; see mailconf check --help"},
    {"check --format pdf b.example", "--format: \"pdf\" is neither sarif, markdown nor html"},
    {"check --fail-on note b.example", "--fail-on: \"note\" is neither error nor warning"},
    {"check --sources srv b.example", "there is no option --sources; see mailconf check --help"},
    {"probe", "probe needs a host; see mailconf probe --help"},
    {"export a@b.example", "export needs --for NAME; --for list prints the names; see mailconf export --help"},
    {"export --for msmtp", "export needs an address; see mailconf export --help"},
    {"export --for msmtp a@b.example c@d.example", "export takes one address; see mailconf export --help"},
    {"export --for msmtp --json a@b.example", "there is no option --json; see mailconf export --help"},
    {"export --for msmtp --output '' a@b.example", "--output: \"\" is empty"},
    {"export --for msmtp --password-command '' a@b.example", "--password-command: \"\" is empty"},
    {"export --for msmtp --list-sources", "there is no option --list-sources; see mailconf export --help"},
    {"guide b.example",
     "guide needs --client NAME, --topic NAME or --all; \"list\" prints the names; see mailconf guide --help"},
    {"guide --client outlook", "guide needs a domain; see mailconf guide --help"},
    {"guide --client outlook b.example c.example", "guide takes one domain; see mailconf guide --help"},
    {"guide --client outlook --topic backup b.example", "--topic: cannot be given together with --client"},
    {"guide --all b.example", "--all: needs --out DIR"},
    {"guide --client outlook --definition file", "guide needs a domain; see mailconf guide --help"},
    {"guide --client outlook --definition file --replay other",
     "--definition: needs no network that could be recorded or replayed"},
    {"guide --client outlook --definition file --record other b.example",
     "--definition: needs no network that could be recorded or replayed"},
    {"guide --client outlook --out folder b.example", "--out: is for --all"},
    {"guide --all --out folder --client outlook b.example", "--all: is every page"},
    {"guide --client outlook --protocol smtp b.example", "--protocol: \"smtp\" is neither imap nor pop3"},
    {"guide --client outlook --format pdf b.example", "--format: \"pdf\" is neither text, markdown nor html"},
    {"guide --client outlook --json b.example", "there is no option --json; see mailconf guide --help"},
    {"resolve --for msmtp a@b.example", "there is no option --for; see mailconf resolve --help"},
    {"resolve --nope a@b.example", "there is no option --nope; see mailconf resolve --help"},
    {"resolve a@b.example -x", "there is no option -x; see mailconf resolve --help"},
    {"export --for msmtp --record f --replay g a@b.example", "--replay: cannot be given together with --record"},
    {"verify --record f --replay g a@b.example", "--replay: cannot be given together with --record"},
    {"resolve --record '' a@b.example", "--record: \"\" is empty"},
    {"resolve --record f --replay g a@b.example", "--replay: cannot be given together with --record"},
    {"probe --sources srv imap.b.example", "there is no option --sources; see mailconf probe --help"},
    {"resolve a@b.example --deadline", "--deadline needs a value; see mailconf resolve --help"},
    {"resolve --json=maybe a@b.example", "--json takes no value; see mailconf resolve --help"},
    {"resolve --concurrency 0 -", "--concurrency: \"0\" is not a number from 1 to 1000"},
    {"resolve --concurrency 1001 -", "--concurrency: \"1001\" is not a number from 1 to 1000"},
    {"resolve --concurrency ten -", "--concurrency: \"ten\" is not a number from 1 to 1000"},
    {"resolve --format xml -", "--format: \"xml\" is neither ndjson nor csv"},
    {"resolve --resume '' -", "--resume: \"\" is empty"},
    {"verify --resume f a@b.example", "there is no option --resume; see mailconf verify --help"},
    {"resolve --deadline soon a@b.example", "--deadline: \"soon\" is not a number of seconds from 0.1 to 600"},
    {"resolve --deadline -1 a@b.example", "--deadline: \"-1\" is not a number of seconds from 0.1 to 600"},
    {"resolve --deadline 1e9 a@b.example", "--deadline: \"1e9\" is not a number of seconds from 0.1 to 600"},
    {"resolve --deadline 601 a@b.example", "--deadline: \"601\" is not a number of seconds from 0.1 to 600"},
    {"resolve --deadline nan a@b.example", "--deadline: \"nan\" is not a number of seconds from 0.1 to 600"},
    {"resolve --deadline '' a@b.example", "--deadline: \"\" is not a number of seconds from 0.1 to 600"},
    {"resolve --dns '' a@b.example", "--dns: \"\" is no name server"},
    {"resolve --ca-file /nonexistent a@b.example", "--ca-file: \"/nonexistent\" is no file that can be read"},
    {"resolve --isp-dir /nonexistent a@b.example", "--isp-dir: \"/nonexistent\" is no directory that can be read"},
    {"resolve --ispdb http://x.example/ a@b.example", "--ispdb: \"http://x.example/\" is neither an https URL nor off"},
    {"resolve --sources srv,,guess a@b.example",
     "--sources: \"srv,,guess\" has an empty name; names are separated by commas"},
    {"resolve --send-address always a@b.example", "--send-address: \"always\" is neither never nor retry"},
    {"resolve --require-trust none a@b.example", "--require-trust: \"none\" is neither authenticated nor confirm"},
    {"resolve --color red a@b.example", "--color: \"red\" is neither auto, always nor never"},
    {"resolve --proxy https://192.0.2.1:443 a@b.example",
     "--proxy: is neither http://HOST:PORT nor socks5h://HOST:PORT"},
    {"resolve --proxy socks5://carol:s3cret@192.0.2.1:1080 a@b.example",
     "--proxy: is neither http://HOST:PORT nor socks5h://HOST:PORT"},
    {"resolve --proxy '' a@b.example", "--proxy: \"\" is neither an URL nor off"},
    {"resolve --connect-to a:1:b a@b.example",
     "--connect-to: \"a:1:b\" is not HOST:PORT:ADDRESS:PORT (IPv6 addresses in brackets)"},
    {"resolve --connect-to a:0:127.0.0.1:1 a@b.example",
     "--connect-to: \"a:0:127.0.0.1:1\" is not HOST:PORT:ADDRESS:PORT (IPv6 addresses in brackets)"},
    {"resolve --connect-to a:1:[::1:1 a@b.example",
     "--connect-to: \"a:1:[::1:1\" is not HOST:PORT:ADDRESS:PORT (IPv6 addresses in brackets)"},
    {"resolve --connect-to a:1:b:70000 a@b.example",
     "--connect-to: \"a:1:b:70000\" is not HOST:PORT:ADDRESS:PORT (IPv6 addresses in brackets)"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(command_line)

BOOST_DATA_TEST_CASE(a_mistake_gives_one_sentence_and_status_2, boost::unit_test::data::make(kMistakes), mistake) {
  const Reply reply = reply_to(mistake.typed);
  BOOST_TEST(reply.text == std::string("mailconf: ") + mistake.sentence + "\n");
  BOOST_TEST(reply.status == 2);
}

BOOST_AUTO_TEST_CASE(an_address_alone_leaves_every_default_as_the_library_has_it) {
  const CommandLine line = understood_line("resolve alice@example.org");
  BOOST_CHECK(line.command == CommandName::resolve);
  BOOST_TEST(line.operands == std::vector<std::string>{"alice@example.org"}, boost::test_tools::per_element());
  BOOST_CHECK(line.options.resolver.deadline == ResolverOptions{}.deadline);
  BOOST_TEST(line.options.resolver.ispdb == ResolverOptions{}.ispdb);
  BOOST_TEST(line.options.resolver.probe);
  BOOST_TEST(line.options.resolver.sources.empty());
  BOOST_CHECK(line.options.required_trust == Trust::confirm);
  BOOST_TEST(!line.options.json);
}

BOOST_AUTO_TEST_CASE(options_may_stand_before_and_after_operands) {
  const CommandLine line = understood_line(
      "resolve --json a@b.example --deadline 2.5 --dns 127.0.0.1:53 c@d.example --dns [::1]:53 --no-probe --quiet "
      "--trace --ispdb off --sources srv,guess --send-address never --require-trust authenticated --color never "
      "--allow-plaintext --allow-http --allow-private");
  const ResolverOptions& resolver = line.options.resolver;
  BOOST_TEST(line.operands == (std::vector<std::string>{"a@b.example", "c@d.example"}),
             boost::test_tools::per_element());
  BOOST_TEST(resolver.deadline.count() == 2500);
  BOOST_TEST(resolver.dns == (std::vector<std::string>{"127.0.0.1:53", "[::1]:53"}), boost::test_tools::per_element());
  BOOST_TEST(resolver.sources == (std::vector<std::string>{"srv", "guess"}), boost::test_tools::per_element());
  BOOST_TEST(resolver.ispdb == "off");
  BOOST_TEST(!resolver.probe);
  BOOST_TEST((resolver.allow_plaintext && resolver.allow_http && resolver.allow_private));
  BOOST_CHECK(resolver.send_address == SendAddress::never);
  BOOST_CHECK(line.options.required_trust == Trust::authenticated);
  BOOST_CHECK(line.options.color == ColorUse::never);
  BOOST_TEST((line.options.json && line.options.quiet && line.options.trace));
}

BOOST_AUTO_TEST_CASE(an_option_with_one_value_may_be_written_with_an_equals_sign_and_the_last_one_counts) {
  BOOST_TEST(understood_line("resolve --deadline=1 --deadline=3 a@b.example").options.resolver.deadline.count() ==
             3000);
}

BOOST_AUTO_TEST_CASE(connect_to_takes_host_and_address_with_brackets_for_ipv6) {
  const auto line = understood_line(
      "probe --connect-to imap.b.example:993:127.0.0.1:1993 imap.b.example "
      "--connect-to [2001:db8::1]:25:[::1]:1025");
  const auto& to = line.options.resolver.connect_to;
  BOOST_REQUIRE(to.size() == 2u);
  BOOST_TEST(to[0].host == "imap.b.example");
  BOOST_TEST(to[0].port == 993);
  BOOST_TEST(to[0].address == "127.0.0.1");
  BOOST_TEST(to[0].to_port == 1993);
  BOOST_TEST(to[1].host == "2001:db8::1");
  BOOST_TEST(to[1].address == "::1");
  BOOST_TEST(to[1].to_port == 1025);
}

BOOST_AUTO_TEST_CASE(the_proxy_is_that_of_the_option_else_of_the_environment) {
  const Environment environment{"http://192.0.2.1:3128", "localhost, .example.org\t10.0.0.0/8,"};
  const auto read = [&](const std::string& text) {
    return std::get<CommandLine>(read_command_line(words(text), environment)).options.resolver;
  };
  BOOST_TEST(read("resolve a@b.example").proxy == "http://192.0.2.1:3128");
  BOOST_TEST(
      read("resolve a@b.example").no_proxy == (std::vector<std::string>{"localhost", ".example.org", "10.0.0.0/8"}),
      boost::test_tools::per_element());
  BOOST_TEST(read("probe b.example --proxy socks5h://[::1]:9050").proxy == "socks5h://[::1]:9050");
  BOOST_TEST(read("resolve a@b.example --proxy off").proxy.empty());
  BOOST_TEST(!read("resolve a@b.example").proxy_only);
  BOOST_TEST(read("resolve a@b.example --proxy-only").proxy_only);
  BOOST_TEST(understood_line("resolve a@b.example").options.resolver.proxy.empty());
}

BOOST_AUTO_TEST_CASE(a_proxy_of_the_environment_that_cannot_be_used_is_named_without_its_password) {
  const auto read = read_command_line(words("resolve a@b.example"), {"https://carol:s3cret@192.0.2.1:443", ""});
  BOOST_TEST(std::get<Reply>(read).text ==
             "mailconf: HTTPS_PROXY: is neither http://HOST:PORT nor socks5h://HOST:PORT; --proxy off does without\n");
}

BOOST_AUTO_TEST_CASE(brackets_of_an_operand_are_kept) {
  BOOST_TEST(understood_line("probe [::1]").operands.front() == "[::1]");
}

BOOST_AUTO_TEST_CASE(a_hyphen_is_standard_input_and_two_end_the_options) {
  BOOST_TEST(understood_line("resolve -").operands.front() == "-");
  BOOST_TEST(understood_line("resolve --json -- -odd-@b.example").operands.front() == "-odd-@b.example");
}

BOOST_AUTO_TEST_CASE(the_sources_can_be_listed_without_an_address) {
  BOOST_TEST(understood_line("resolve --list-sources").list_sources);
}

BOOST_AUTO_TEST_CASE(an_export_is_for_one_program_and_goes_to_standard_output_unless_told) {
  const CommandLine line = understood_line("export --for msmtp a@b.example --sources srv --no-probe");
  BOOST_CHECK(line.command == CommandName::export_settings);
  BOOST_TEST(line.options.export_request.program == "msmtp");
  BOOST_TEST(line.options.export_request.output == "");
  BOOST_TEST(!line.options.export_request.force);
  BOOST_TEST(!line.options.resolver.probe);
}

BOOST_AUTO_TEST_CASE(the_programs_can_be_listed_without_an_address) {
  BOOST_TEST(understood_line("export --for list").operands.empty());
}

BOOST_AUTO_TEST_CASE(a_password_is_in_a_file_or_asked_for_and_never_an_argument) {
  BOOST_TEST(understood_line("verify a@b.example --password-file -").options.login.password_file == "-");
  BOOST_TEST(understood_line("verify a@b.example --token-file t --yes").options.login.yes);
  BOOST_TEST(reply_to("verify a@b.example --password secret").status == 2);
  BOOST_TEST(reply_to("verify a@b.example --password secret").text.find("secret") == std::string::npos);
  BOOST_TEST(reply_to("verify a@b.example --password-file a --token-file b").status == 2);
  BOOST_TEST(reply_to("verify a@b.example c@d.example").status == 2);
  BOOST_TEST(reply_to("verify a@b.example --no-probe").status == 2);
  BOOST_TEST(reply_to("resolve a@b.example --password-file a").status == 2);
}

BOOST_AUTO_TEST_CASE(a_name_to_sign_in_with_is_what_was_typed) {
  BOOST_TEST(understood_line("verify a@b.example --username EXAMPLE\\\\alice").options.login.username ==
             "EXAMPLE\\\\alice");
  BOOST_TEST(understood_line("verify a@b.example").options.login.username.empty());
  BOOST_TEST(reply_to("resolve a@b.example --username alice").status == 2);
  const auto refused = read_command_line({"verify", "a@b.example", "--username", "al\nice"});
  BOOST_TEST(std::get<Reply>(refused).text.find("has a control character\n") != std::string::npos);
  BOOST_TEST(reply_to("verify a@b.example --username ''").text == "mailconf: --username: \"\" is empty\n");
}

BOOST_AUTO_TEST_CASE(a_check_fails_on_errors_unless_warnings_count_too) {
  const auto usual = understood_line("check b.example c.example").options.check;
  BOOST_TEST((usual.fail_on == Severity::error));
  BOOST_TEST(!usual.format.has_value());
  const auto strict = understood_line("check - --fail-on warning --format sarif").options.check;
  BOOST_TEST((strict.fail_on == Severity::warning));
  BOOST_TEST((strict.format == AuditFormat::sarif));
}

BOOST_AUTO_TEST_CASE(commands_of_the_server_are_known_by_their_names) {
  BOOST_TEST(is_of_server("dns"));
  BOOST_TEST(is_of_server("domain"));
  BOOST_TEST(!is_of_server("resolve"));
}

BOOST_AUTO_TEST_CASE(a_long_list_has_its_own_options) {
  const auto bulk = understood_line("resolve - --concurrency 64 --format csv --resume results").options.bulk;
  BOOST_TEST(bulk.concurrency == 64U);
  BOOST_TEST((bulk.format == ResultFormat::csv));
  BOOST_TEST(bulk.resume == "results");
  const auto usual = understood_line("resolve -").options.bulk;
  BOOST_TEST(usual.concurrency == 16U);
  BOOST_TEST((usual.format == ResultFormat::ndjson));
  BOOST_TEST((usual.resume.empty() && usual.given.empty()));
}

BOOST_AUTO_TEST_CASE(a_replay_needs_no_address) {
  BOOST_TEST(understood_line("resolve --replay file").options.replay == "file");
  for (const char* command :
       {"resolve --replay file", "probe --replay file", "verify --replay file", "export --for msmtp --replay file",
        "guide --client outlook --replay file", "check --replay file", "simulate --replay file"})
    BOOST_TEST(understood_line(command).operands.empty(), command);
  BOOST_TEST(understood_line("resolve a@b.example --record file").options.record == "file");
}

BOOST_AUTO_TEST_CASE(a_guide_is_for_a_program_a_protocol_and_a_format) {
  const auto guide =
      understood_line("guide b.example --client outlook --protocol pop3 --lang en --format html").options.guide;
  BOOST_TEST(guide.client == "outlook");
  BOOST_TEST((guide.style.protocol == ServerType::pop3));
  BOOST_TEST((guide.style.format == TextFormat::html));
  BOOST_TEST(guide.style.language == "en");
  BOOST_TEST(understood_line("guide --client list").operands.empty());
  BOOST_TEST(reply_to("guide --client outlook --lang tlh b.example").text.starts_with("mailconf: --lang: \"tlh\" is"));
}

BOOST_AUTO_TEST_CASE(a_simulation_is_patient_and_tells_nobody_the_address_unless_asked_to) {
  const CommandLine line = understood_line("simulate b.example --client kmail --client geary");
  BOOST_CHECK(line.command == CommandName::simulate);
  BOOST_TEST(line.options.clients == (std::vector<std::string>{"kmail", "geary"}), boost::test_tools::per_element());
  BOOST_TEST(line.options.resolver.deadline.count() == 60'000);
  BOOST_CHECK(line.options.resolver.send_address == SendAddress::never);
  const CommandLine told = understood_line("simulate a@b.example --send-address retry --deadline 5");
  BOOST_CHECK(told.options.resolver.send_address == SendAddress::retry);
  BOOST_TEST(told.options.resolver.deadline.count() == 5000);
  BOOST_TEST(understood_line("simulate --client list").operands.empty());
}

BOOST_AUTO_TEST_CASE(help_fits_80_columns) {
  for (const char* typed :
       {"--help", "-h", "help", "resolve --help", "resolve -h", "probe --help", "export --help", "verify --help",
        "guide --help", "simulate --help", "check --help", "resolve a@b.example --help"}) {
    const Reply reply = reply_to(typed);
    BOOST_TEST(reply.status == 0);
    std::istringstream lines(reply.text);
    for (std::string line; std::getline(lines, line);) BOOST_TEST(cells(line) <= 80u, line);
  }
}

BOOST_AUTO_TEST_CASE(nothing_at_all_prints_the_help_as_a_mistake) {
  BOOST_TEST(reply_to("").status == 2);
  BOOST_TEST(reply_to("").text.find("Usage: mailconf COMMAND") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_version_is_one_line) { BOOST_TEST(reply_to("--version").text == "mailconf 0.1.0\n"); }

BOOST_AUTO_TEST_SUITE_END()
