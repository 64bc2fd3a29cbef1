// The files of data/clients, and what is no file of facts.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "clients/facts_reader.h"
#include "clients/known_clients.h"

using namespace mailconf;
using namespace mailconf::clients;

namespace {

const std::string head = "title = \"T\"\nversion = \"1\"\nsource = \"s\"\ndate = \"2026-01-01\"\n";
const std::string way = "[[way]]\nname = \"a\"\nseconds = 5\nask = [\"MX {domain}\"]\nreads = \"hosts\"\n";

struct Wrong {
  std::string text;
  std::string complaint;
};
std::ostream& operator<<(std::ostream& out, const Wrong& wrong) { return out << wrong.complaint; }

const Wrong mistakes[]{
    {head, "t: there is no way"},
    {"version = \"1\"\n" + way, "t: title is missing"},
    {head + "colour = 1\n" + way, "t: colour is no key"},
    {head + "settles = \"worst\"\n" + way, "t: settles has an unknown word"},
    {head + "redirects = \"many\"\n" + way, "t: redirects is of another type"},
    {head + way + "colour = 1\n", "t: way 1: colour is no key"},
    {head + "[[way]]\nname = \"a\"\nask = [\"MX {domain}\"]\n", "t: way 1: seconds is missing"},
    {head + "[[way]]\nname = \"a\"\nseconds = 5\n", "t: way 1: ask or try-incoming or else assumed is needed"},
    {head + way + "after = \"b\"\n", "t: a speaks of the way b, which is not above it"},
    {head + way + "after = \"a\"\n", "t: a speaks of the way a, which is not above it"},
    {head + "[[way]]\nname = \"a\"\nseconds = 5\nask = [\"GETT https://{domain}/\"]\n",
     "t: way 1: ask has a line that is no question"},
    {head + "[[way]]\nname = \"a\"\nseconds = 5\nask = [\"GET https://{domian}/\"]\n",
     "t: way 1: ask has a line that is no question"},
    {head + "[[way]]\nname = \"a\"\nseconds = 5\nask = [\"MX {adress}\"]\n",
     "t: way 1: ask has a line that is no question"},
    {head + way + "assumed = [\"imap {domain} 0 SSL\"]\n", "t: way 1: assumed has a line that is no server"},
    {head + "[[way]\n", "t:5: "},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(facts)

BOOST_DATA_TEST_CASE(what_is_wrong_is_named, mistakes, wrong) {
  const auto read = read_facts("t", wrong.text);
  BOOST_REQUIRE(!read);
  BOOST_TEST(read.error().text().starts_with(wrong.complaint), read.error().text());
}

BOOST_AUTO_TEST_CASE(a_smallest_file_is_read) { BOOST_TEST(read_facts("t", head + way).has_value()); }

BOOST_AUTO_TEST_CASE(every_file_of_the_library_is_read) {
  for (const auto& file : facts_files()) {
    const auto facts = read_facts(file.name, file.text);
    BOOST_TEST(facts.has_value(), (facts ? "" : facts.error().text()));
  }
}

BOOST_AUTO_TEST_CASE(clients_are_listed_in_the_order_of_the_alphabet) {
  const auto listed = simulated_clients();
  BOOST_TEST(!listed.empty());
  BOOST_TEST(listed.size() == facts_files().size());
  BOOST_TEST(std::ranges::is_sorted(listed, {}, &SimulatedClient::name));
}

BOOST_AUTO_TEST_SUITE_END()
