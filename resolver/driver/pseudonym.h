// A local part taken out of questions and answers, and put back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mailconf/address.h"
#include "protocol/question.h"

namespace mailconf {

// Nobody is told the local part but in a question that holds the address: whole addresses are replaced wherever they
// stand, and so is the digest that gives an address away to whoever guesses it; the local part alone, as a word, only
// in such questions and in the documents that came after one.
class Pseudonym {
 public:
  explicit Pseudonym(const std::optional<EmailAddress>& address);

  [[nodiscard]] Question hidden(const Question& question) const;
  // `personal`: the answer comes from somebody who was told the address.
  [[nodiscard]] Answer hidden(const Answer& answer, bool personal) const;
  [[nodiscard]] Answer shown(const Answer& answer) const;

 private:
  // In a URL, the local part is as one whether or not it had to be encoded.
  [[nodiscard]] std::string hide(std::string_view text, bool words, bool is_url) const;
  [[nodiscard]] std::string show(std::string_view text) const;

  std::string local_part_;  // empty: there is none to hide
  std::string encoded_;     // as in URLs
  std::string digest_;      // of the address, as simulated clients send it
  std::string domain_;
};

}  // namespace mailconf
