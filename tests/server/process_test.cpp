// The program itself: its options, its signals and its exit status.
#include <Poco/Pipe.h>
#include <Poco/PipeStream.h>
#include <Poco/Process.h>
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <iterator>

#include "server/published.h"

namespace mailconf::testing {
namespace {

class Program {
 public:
  explicit Program(const std::vector<std::string>& arguments)
      : handle_(Poco::Process::launch(MAILCONFD, arguments, nullptr, &output_pipe_, &error_pipe_)),
        output_(output_pipe_),
        errors_(error_pipe_) {}

  // The rest of standard output.
  std::string output() { return {std::istreambuf_iterator<char>(output_), {}}; }
  std::string errors() { return {std::istreambuf_iterator<char>(errors_), {}}; }
  // The next line of standard error that holds `text`; empty when the program ends before.
  std::string line_with(const std::string& text) {
    std::string line;
    while (std::getline(errors_, line) && line.find(text) == line.npos) {
    }
    return line;
  }
  void signal(int number) const { ::kill(handle_.id(), number); }
  int exit_status() const { return handle_.wait(); }

 private:
  Poco::Pipe output_pipe_;
  Poco::Pipe error_pipe_;
  Poco::ProcessHandle handle_;
  Poco::PipeInputStream output_;
  Poco::PipeInputStream errors_;
};

struct Files {
  TemporaryFolder folder;
  Files() { folder.write("domains/example.com.toml", definition({"example.com"})); }
  [[nodiscard]] std::string configuration(const std::string& more = "") const {
    const auto text = "[server]\nhttp = [\"127.0.0.1:0\"]\n[store]\nurl = \"directory:domains\"\n" + more;
    return folder.write("mailconfd.toml", text).string();
  }
};

Poco::Net::SocketAddress address_in(const std::string& line) {
  return Poco::Net::SocketAddress(line.substr(line.find("http://") + 7));
}

int status_of(const Poco::Net::SocketAddress& address, const std::string& domain) {
  return ask(address, "GET /mail/config-v1.1.xml HTTP/1.1\r\nHost: autoconfig." + domain + "\r\n\r\n").status;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(program, Files)

BOOST_AUTO_TEST_CASE(sighup_reloads_and_sigterm_ends_with_status_0) {
  for (const int end : {SIGTERM, SIGINT}) {
    Program program({"--config", configuration()});
    const auto address = address_in(program.line_with("listening at http://"));
    BOOST_TEST(status_of(address, "example.com") == 200);
    BOOST_TEST(status_of(address, "example.net") == 404);
    folder.write("domains/example.net.toml", definition({"example.net"}));
    program.signal(SIGHUP);
    program.line_with("settings of 2 domains are in service");
    BOOST_TEST(status_of(address, "example.net") == 200);
    program.signal(end);
    BOOST_TEST(program.exit_status() == 0);
    folder.remove("domains/example.net.toml");
  }
}

BOOST_AUTO_TEST_CASE(check_prints_every_problem_and_ends_with_0_or_2) {
  Program good({"--config", configuration(), "--check"});
  BOOST_TEST(good.output().empty());
  BOOST_TEST(good.exit_status() == 0);
  const auto bad_file = folder.write("domains/bad.toml", "domains = [\"example.net\"]\nport = 1\n");
  Program bad({"--config", configuration(), "--check"});
  BOOST_TEST(bad.output().starts_with(bad_file.string() + ":2: port: is no known field\n"));
  BOOST_TEST(bad.exit_status() == 2);
}

BOOST_AUTO_TEST_CASE(dns_prints_the_records_that_belong_in_the_zones) {
  Program program({"--config", configuration(), "--dns"});
  BOOST_TEST(program.output().starts_with("_ua-auto-config.example.com. IN TXT \"v=UAAC1; a=sha256; d="));
  BOOST_TEST(program.exit_status() == 0);
  folder.write("domains/bad.toml", "domains = [\"example.net\"]\nport = 1\n");
  Program bad({"--config", configuration(), "--dns"});
  BOOST_TEST(bad.exit_status() == 2);
}

BOOST_AUTO_TEST_CASE(warnings_do_not_fail_the_check) {
  auto text = definition({"example.com"});
  folder.write("domains/example.com.toml", text.replace(text.find("password-cleartext"), 18, "plain"));
  Program program({"--config", configuration(), "--check"});
  BOOST_TEST(program.output().ends_with("(warning)\n"));
  BOOST_TEST(program.exit_status() == 0);
}

BOOST_AUTO_TEST_CASE(options_of_an_import_are_understood_or_end_with_2) {
  Program bad({"domain", "import", "--dry-run", "--connect-to", "a.example:443", "a.example"});
  BOOST_TEST(bad.errors().find("--connect-to: is not HOST:PORT:ADDRESS:PORT") != std::string::npos);
  BOOST_TEST(bad.exit_status() == 2);
  Program lonely({"domain", "import", "--dry-run", "--dovecot-config", "/nowhere", "a.example"});
  BOOST_TEST(lonely.exit_status() == 2);
  Program idle({"domain", "import", "--dry-run"});
  BOOST_TEST(idle.errors() == "mailconf domain: import: needs FILE.xml, FILE.sqlite, a domain or --local\n");
  BOOST_TEST(idle.exit_status() == 2);
}

BOOST_AUTO_TEST_CASE(a_bad_configuration_is_told_and_ends_with_2) {
  Program program({"--config", configuration("[typo]\n")});
  BOOST_TEST(program.errors() == (folder.path() / "mailconfd.toml").string() + ":5: typo: is no known field\n");
  BOOST_TEST(program.exit_status() == 2);
}

BOOST_AUTO_TEST_CASE(bad_usage_ends_with_2) {
  for (const auto& arguments : std::vector<std::vector<std::string>>{{},
                                                                     {"--nonsense"},
                                                                     {"--config"},
                                                                     {"domain"},
                                                                     {"domain", "list"},
                                                                     {"domain", "add", "--store", "directory:."}}) {
    Program program(arguments);
    BOOST_TEST(!program.errors().empty());
    BOOST_TEST(program.exit_status() == 2);
  }
}

BOOST_AUTO_TEST_CASE(domains_are_listed_by_the_program_too) {
  Program program({"domain", "list", "--config", configuration()});
  BOOST_TEST(program.output().starts_with("example.com\t"));
  BOOST_TEST(program.exit_status() == 0);
}

BOOST_AUTO_TEST_CASE(help_and_version_end_with_0) {
  Program help({"--help"});
  BOOST_TEST(help.output().find("--config") != std::string::npos);
  BOOST_TEST(help.exit_status() == 0);
  Program version({"--version"});
  BOOST_TEST(version.output().starts_with("mailconfd "));
  BOOST_TEST(version.exit_status() == 0);
}

BOOST_AUTO_TEST_CASE(an_address_that_cannot_be_had_ends_with_1) {
  Program first({"--config", configuration()});
  const auto address = address_in(first.line_with("listening at http://"));
  Program second({"--config", folder
                                  .write("second.toml", "[server]\nhttp = [\"" + address.toString() +
                                                            "\"]\n[store]\nurl = \"directory:domains\"\n")
                                  .string()});
  BOOST_TEST(second.line_with("cannot listen at " + address.toString()).find("in use") != std::string::npos);
  BOOST_TEST(second.exit_status() == 1);
  first.signal(SIGTERM);
  BOOST_TEST(first.exit_status() == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
