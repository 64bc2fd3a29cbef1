#include "server/tls/certificate_set.h"

#include <Poco/String.h>
#include <algorithm>
#include <openssl/x509v3.h>
#include <vector>

#include "mailconf/address.h"

namespace mailconf::server {
namespace {

using Names = std::vector<std::string>;

// As names are compared: A-labels, lower-case, with or without "*." in front. Nothing for a name that is none.
std::optional<std::string> canonical_name(std::string_view text) {
  const bool wildcard = text.starts_with("*.");
  if (wildcard) text.remove_prefix(2);
  const auto name = DomainName::parse(text);
  if (name) return (wildcard ? "*." : "") + name->ascii();
  // Names of one label, such as "localhost", are no domain names, but certificates hold them.
  if (wildcard || text.empty() || text.find('.') != text.npos) return std::nullopt;
  return Poco::toLower(std::string(text));
}

Names dns_names(const X509* certificate) {
  Names names;
  const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> all(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
      GENERAL_NAMES_free);
  for (int i = 0; i < sk_GENERAL_NAME_num(all.get()); ++i) {
    const auto* name = sk_GENERAL_NAME_value(all.get(), i);
    if (name->type != GEN_DNS) continue;
    const std::string text(reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName)),
                           static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName)));
    if (auto canonical = canonical_name(text)) names.push_back(*std::move(canonical));
  }
  return names;
}

void warn_of_dates(const std::filesystem::path& file, const X509* certificate, Problems& problems) {
  if (X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0)
    problems.push_back({Severity::warning, file.string(), 0, "", "has expired"});
  if (X509_cmp_current_time(X509_get0_notBefore(certificate)) > 0)
    problems.push_back({Severity::warning, file.string(), 0, "", "is not valid yet"});
}

std::vector<std::filesystem::path> certificate_files(const std::filesystem::path& folder, Problems& problems) {
  std::error_code fault;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator entry(folder, fault), end; !fault && entry != end; entry.increment(fault)) {
    if (entry->path().extension() == ".crt") files.push_back(entry->path());
  }
  if (fault) problems.push_back({Severity::error, folder.string(), 0, "", "cannot be read: " + fault.message()});
  std::ranges::sort(files);
  return files;
}

}  // namespace

CertificateSet CertificateSet::load(const std::filesystem::path& folder, const CertificateSet& previous,
                                    Problems& problems) {
  CertificateSet set;
  for (const auto& file : certificate_files(folder, problems)) {
    const auto pair = read_or_keep(file, previous, problems);
    if (!pair) continue;
    warn_of_dates(file, pair->certificate(), problems);
    set.add(file, pair);
  }
  if (set.empty())
    problems.push_back({Severity::warning, folder.string(), 0, "", "holds no usable certificate; https is refused"});
  return set;
}

// A pair whose files are still the same is not read again, and one that has become bad stays as it was.
CertificateSet::Pair CertificateSet::read_or_keep(const std::filesystem::path& file, const CertificateSet& previous,
                                                  Problems& problems) {
  auto key = file;
  key.replace_extension(".key");
  const auto old = previous.by_file_.find(file);
  if (old == previous.by_file_.end()) return CertificatePair::read(file, key, problems);
  const auto& stamps = old->second->stamps();
  if (stamps && stamps == FileStamps::of(file, key)) return old->second;
  const auto read = CertificatePair::read(file, key, problems);
  return read ? read : old->second;
}

void CertificateSet::add(const std::filesystem::path& file, const Pair& pair) {
  auto names = dns_names(pair->certificate());
  const auto stem = file.stem().string();
  if (names.empty()) {
    if (auto name = canonical_name(stem)) names.push_back(*std::move(name));
  }
  for (const auto& name : names) by_name_.emplace(name, pair);
  by_file_.emplace(file, pair);
  if (!default_ || stem == "default") default_ = pair;
}

const CertificatePair* CertificateSet::choose(std::string_view server_name) const {
  auto name = Poco::toLower(std::string(server_name));
  if (name.ends_with('.')) name.pop_back();
  if (const auto found = by_name_.find(name); found != by_name_.end()) return found->second.get();
  const auto dot = std::min(name.find('.'), name.size());
  if (const auto found = by_name_.find("*" + name.substr(dot)); found != by_name_.end()) return found->second.get();
  return default_.get();
}

}  // namespace mailconf::server
