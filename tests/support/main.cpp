#define BOOST_TEST_MODULE mailconf
#include <boost/test/unit_test.hpp>
