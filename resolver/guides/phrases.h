// The texts of a catalogue with the values of a domain in them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guides/catalog.h"
#include "guides/choice.h"
#include "guides/filling.h"

namespace mailconf::guides {

class Phrases {
 public:
  Phrases(const Catalog& catalog, const GuideSubject& subject, const Choice& choice, TextFormat format);

  // Without a difference between words and values.
  std::string plain(std::string_view text);
  std::string label(std::string_view key) { return plain(catalog_.label(key)); }
  // {"runs": [{"is_code", "value", "code"}]}: values of the domain are code, the rest is words.
  Values runs(std::string_view text);
  Values runs_of(std::string_view filled_text) const;
  // A list of those that are not empty with these values.
  Values list(const std::vector<std::string>& texts, bool numbered = false);
  // Every label under its name.
  Values labels();

  // What stands in place of a user name, and whether it is one.
  struct UserName {
    std::string text;
    bool is_value = true;
  };
  [[nodiscard]] UserName username_of(const Server& server) const;
  [[nodiscard]] std::string security_of(const Server& server) const;
  [[nodiscard]] std::string sign_in_words(const Server& server) const;

  // What is wrong with the catalogue, when something is.
  [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }

 private:
  std::string fill(std::string_view text);
  Values server_values(const Server* server) const;
  void set_values(const Choice& choice);

  const Catalog& catalog_;
  const GuideSubject& subject_;
  TextFormat format_;
  Values values_;
  std::optional<Error> problem_;
};

// On one line, without characters that do anything.
std::string clean(std::string_view text);
// The same; false where there is none.
Values text_or_nothing(const std::string& text);
// Who helps: mail, phone, page and hours.
Values support_values(const Operator& who);

}  // namespace mailconf::guides
