// Settings for people: a set-up page, a guide for each mail program, and articles that explain what the words mean.
//
// Pure functions, safe from any thread. The texts are those of data/pages, compiled in, in several languages; the
// values are those of the settings. Every value is escaped for the format, whatever is in it. Servers without
// encryption are not recommended to anybody: to a guide they do not exist.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailconf/address.h"
#include "mailconf/report.h"
#include "mailconf/result.h"
#include "mailconf/settings.h"

namespace mailconf {

// Who runs the mail service, as its users know him. What is empty is not told.
struct Operator {
  std::string name;          // else the provider's displayName
  std::string logo;          // https URL, or an image as a data URL
  std::string color;         // "#rrggbb"
  std::string support_mail;  // an address
  std::string support_phone;
  std::string support_page;  // https URL
  std::string support_hours;
  std::string app_passwords;  // https URL where users make passwords for programs

  bool operator==(const Operator&) const = default;
};

struct GuideSubject {
  Settings settings;  // for_address() where there is one, else for_domain()
  DomainName domain;
  std::optional<EmailAddress> address = {};
  Operator run_by = {};
};

// A subject as one line of JSON, to be handed on to another program, without its address: the settings as
// write_settings_json() has them, with "domain" and "operator", whose names are those of a domain definition.
std::string write_guide_subject_json(const GuideSubject& subject);
Result<GuideSubject> read_guide_subject_json(std::string_view text);

enum class TextFormat { text, markdown, html };

// Where a page of HTML stands, which decides what it can refer to.
struct PagePlace {
  enum class Kind {
    alone,   // a single file
    folder,  // one of the files of write_site()
    server,  // mailconfd
  };
  Kind kind = Kind::alone;
  std::string base = {};   // of a server: the path in front of its pages, "" or "/setup"
  bool self_test = false;  // the server tries its own mail servers when asked to
};

struct GuideStyle {
  std::string language = "en";
  std::optional<ServerType> protocol = {};  // imap or pop3; nothing: IMAP where there is any
  TextFormat format = TextFormat::text;
  PagePlace place = {};
};

struct GuideTitle {
  std::string id;        // "outlook"
  std::string name;      // "Outlook classic for Windows"
  std::string platform;  // "windows", "mac", "linux", "phone", "any"; of an article empty
  std::string summary;
  std::vector<ServerType> protocols;  // those that the program speaks; of an article empty
};

// "en" first, then by the alphabet.
std::vector<std::string> guide_languages();
// The language of a reader: the one that is named, else the best of an Accept-Language field (RFC 9110 §12.5.4), else
// "en".
std::string guide_language(std::string_view named, std::string_view accept_language);
std::vector<GuideTitle> guide_titles(std::string_view language);
std::vector<GuideTitle> article_titles(std::string_view language);

// Fails with bad_option for what is not listed, with not_expressible where the domain has no encrypted server for the
// protocol or the program does not speak it.
Result<std::string> write_guide(std::string_view id, const GuideSubject& subject, const GuideStyle& style);
Result<std::string> write_article(std::string_view id, const GuideSubject& subject, const GuideStyle& style);

// HTML only. `tested`: what a self-test has shown, in words; `remark`: a label of the catalogue that says why there is
// no more to see ("not_served", "no_address", "busy").
struct SetupPage {
  std::optional<std::vector<ProbedPort>> tested = {};
  std::string remark = {};
};
Result<std::string> write_setup_page(const GuideSubject& subject, const GuideStyle& style, const SetupPage& page = {});

// A file of a site, or what its pages refer to.
struct SiteFile {
  std::string name;
  std::string text;
};
SiteFile page_stylesheet(const std::string& color);
SiteFile page_script();
// The set-up page, every guide and every article in every language, for a server that serves files.
Result<std::vector<SiteFile>> write_site(const GuideSubject& subject);

// The encrypted servers that the pages name, and nothing else: what a self-test may connect to.
std::vector<Server> guide_servers(const Settings& settings);

}  // namespace mailconf
