#include "core/session/state_string.h"

#include "tests/fuzz/targets.h"

namespace iem::fuzz {
namespace {

std::string base64url(std::string_view bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string out;
  unsigned bits = 0, count = 0;
  for (const char c : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (count += 8; count >= 6; count -= 6) out += alphabet[bits >> (count - 6) & 63];
  }
  if (count > 0) out += alphabet[bits << (6 - count) & 63];
  return out;
}

}  // namespace

// The bytes as a string somebody pastes, as a figure that may hold one, and as the compressed stream inside.
void state_string(std::string_view bytes) {
  expect_value_or_one_line([&] { (void)read_state_string(bytes, "pasted"); });
  expect_value_or_one_line([&] { (void)read_state_string("iem1:" + base64url(bytes), "packed"); });
  const std::string found = find_state_string(bytes);
  IEM_CHECK(found.empty() || is_state_string(found));
  expect_value_or_one_line([&] { (void)read_state_string(found, "found"); });
}

}  // namespace iem::fuzz
