// Against the examples of RFC 4648, section 10.
#include "core/base/base64.h"

#include <gtest/gtest.h>

#include <array>
#include <utility>

namespace iem {
namespace {

TEST(Base64, IsThatOfTheStandard) {
  const std::array<std::pair<const char*, const char*>, 7> examples = {{{"", ""},
                                                                        {"f", "Zg=="},
                                                                        {"fo", "Zm8="},
                                                                        {"foo", "Zm9v"},
                                                                        {"foob", "Zm9vYg=="},
                                                                        {"fooba", "Zm9vYmE="},
                                                                        {"foobar", "Zm9vYmFy"}}};
  for (const auto& [bytes, letters] : examples) EXPECT_EQ(to_base64(bytes), letters) << bytes;
  EXPECT_EQ(to_base64("\xfb\xff\xfe"), "+//+");
  EXPECT_EQ(to_base64url("\xfb\xff\xfe"), "-__-");
  EXPECT_EQ(to_base64url("fooba"), "Zm9vYmE") << "not filled up";
}

TEST(Base64Url, ReadsWhatItWrites) {
  std::string bytes;
  for (int length = 0; length < 300; ++length) {
    EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes) << length;
    bytes += static_cast<char>(length * 37);
  }
}

TEST(Base64Url, PassesOverWhiteSpaceAndRefusesOtherLetters) {
  EXPECT_EQ(from_base64url(" Zm\r\n9v\t"), "foo");
  for (const char* wrong : {"Zm9v=", "Zm+v", "Zm/v", "Zm9v\xff"})
    EXPECT_FALSE(from_base64url(wrong)) << wrong;
}

}  // namespace
}  // namespace iem
