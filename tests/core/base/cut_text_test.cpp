#include "core/base/cut_text.h"

#include <gtest/gtest.h>

namespace iem {
namespace {

TEST(CutText, CountsLettersAndFindsWhereTheyBegin) {
  const std::string_view text = "aé€x";  // of 1, 2, 3 and 1 bytes
  EXPECT_EQ(count_letters(text), 4u);
  const std::size_t begins[] = {0, 1, 3, 6, 7, 7};
  for (std::size_t letter = 0; letter < 6; ++letter) EXPECT_EQ(byte_of_letter(text, letter), begins[letter]);
  EXPECT_EQ(count_letters(""), 0u);
  EXPECT_EQ(byte_of_letter("", 3), 0u);
}

TEST(CutText, FindsTheMostThatFitsInFewTries) {
  for (const std::size_t most : {0u, 1u, 2u, 7u, 8u, 1000u, 1'000'000u})
    for (const std::size_t limit : {0u, 1u, 5u, 8u, 999u, 1000u, 2'000'000u})
      for (const std::size_t least : {0u, 1u, 8u}) {
        int tries = 0;
        std::size_t asked = 0;
        const std::size_t found = most_fitting(least, most, [&](std::size_t n) {
          ++tries;
          asked += n;
          return n <= limit;
        });
        EXPECT_EQ(found, std::max(least, std::min(most, limit))) << least << " " << most << " " << limit;
        EXPECT_LE(tries, 45);
        EXPECT_LE(asked, 50 * std::max<std::size_t>(limit, 8) + most) << "more was measured than is needed";
      }
}

}  // namespace
}  // namespace iem
