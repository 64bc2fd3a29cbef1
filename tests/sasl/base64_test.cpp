#include <boost/test/unit_test.hpp>

#include "sasl/sasl.h"

using namespace mailconf;

BOOST_AUTO_TEST_SUITE(base64)

// RFC 4648 §10.
BOOST_AUTO_TEST_CASE(the_examples_of_the_standard_come_out_both_ways) {
  const std::pair<const char*, const char*> examples[] = {{"", ""},
                                                          {"f", "Zg=="},
                                                          {"fo", "Zm8="},
                                                          {"foo", "Zm9v"},
                                                          {"foob", "Zm9vYg=="},
                                                          {"fooba", "Zm9vYmE="},
                                                          {"foobar", "Zm9vYmFy"}};
  for (const auto& [octets, text] : examples) {
    BOOST_TEST(encode_base64(octets).text() == text);
    BOOST_TEST(decode_base64(text).value() == octets);
  }
}

BOOST_AUTO_TEST_CASE(what_is_not_base64_is_refused) {
  for (const char* text : {"Z", "Zg", "Zg=", "Z===", "====", "Zg==Zg==", "Zm9v\n", " m9v", "Zm9*", "Zm-v", "Zm9_"}) {
    BOOST_TEST(!decode_base64(text), text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
