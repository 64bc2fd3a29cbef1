#include "network/socket_budget.h"

#include <boost/test/unit_test.hpp>
#include <vector>

#include "protocol/limits.h"

using namespace mailconf;

namespace {

struct Budget {
  EventLoop loop;
  SocketBudget budget{loop};
  std::vector<SocketBudget::Slot> taken;

  std::size_t take_all(std::uint32_t owner, const std::vector<std::string>& addresses) {
    std::size_t count = 0;
    for (const auto& address : addresses)
      while (auto slot = budget.try_take(owner, address)) {
        taken.push_back(std::move(slot));
        ++count;
      }
    return count;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(socket_budget, Budget)

BOOST_AUTO_TEST_CASE(a_resolution_holds_sixteen_sockets_two_of_them_for_names) {
  BOOST_TEST(take_all(1, {"192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5"}) ==
             limits::sockets_per_resolution - 2);
}

BOOST_AUTO_TEST_CASE(four_of_them_go_to_one_address) {
  BOOST_TEST(take_all(1, {"192.0.2.1"}) == limits::sockets_per_address);
}

BOOST_AUTO_TEST_CASE(resolutions_do_not_take_from_each_other) {
  take_all(1, {"192.0.2.1"});
  BOOST_TEST(take_all(2, {"192.0.2.1"}) == limits::sockets_per_address);
}

BOOST_AUTO_TEST_CASE(who_waits_is_served_in_order_when_a_socket_is_given_back) {
  take_all(1, {"192.0.2.1"});
  std::string order;
  SocketBudget::Slot first_slot, second_slot;
  const auto first = budget.take(1, "192.0.2.1", [&](auto slot) {
    order += "first ";
    first_slot = std::move(slot);
  });
  const auto second = budget.take(1, "192.0.2.1", [&](auto slot) {
    order += "second ";
    second_slot = std::move(slot);
  });
  loop.poll();
  BOOST_TEST(order.empty());
  taken.pop_back();
  loop.poll();
  BOOST_TEST(order == "first ");
  taken.pop_back();
  loop.poll();
  BOOST_TEST(order == "first second ");
}

BOOST_AUTO_TEST_CASE(a_full_address_does_not_keep_others_waiting) {
  take_all(1, {"192.0.2.1"});
  bool served = false;
  const auto blocked = budget.take(1, "192.0.2.1", [](auto) { BOOST_ERROR("there is no room"); });
  const auto free = budget.take(1, "192.0.2.2", [&](auto) { served = true; });
  loop.poll();
  BOOST_TEST(served);
}

BOOST_AUTO_TEST_CASE(a_second_attempt_does_not_overtake_those_who_wait) {
  take_all(1, {"192.0.2.1"});
  const auto waiting = budget.take(1, "192.0.2.2", [](auto) {});
  BOOST_TEST(!budget.try_take(1, "192.0.2.3"));
}

BOOST_AUTO_TEST_CASE(a_second_attempt_may_pass_those_who_wait_for_a_full_address) {
  take_all(1, {"192.0.2.1"});
  const auto waiting = budget.take(1, "192.0.2.1", [](auto) {});
  BOOST_TEST(budget.try_take(1, "192.0.2.2"));
}

BOOST_AUTO_TEST_CASE(a_wish_that_was_withdrawn_is_not_served) {
  take_all(1, {"192.0.2.1"});
  auto wish = budget.take(1, "192.0.2.1", [](auto) { BOOST_ERROR("nobody waits any more"); });
  taken.pop_back();
  wish.reset();
  loop.poll();
  BOOST_TEST(take_all(1, {"192.0.2.1"}) == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
