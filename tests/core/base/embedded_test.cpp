// Files inside the binary.
#include "core/base/embedded.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "iem_version.h"

namespace iem {
namespace {

TEST(Embedded, FindsEveryFileItLists) {
  const auto names = embedded_names("");
  ASSERT_FALSE(names.empty());
  EXPECT_TRUE(std::ranges::is_sorted(names));
  for (const auto name : names) EXPECT_FALSE(embedded_file(name).empty()) << name;
}

TEST(Embedded, AbsentFilesAreEmpty) {
  EXPECT_TRUE(embedded_file("").empty());
  EXPECT_TRUE(embedded_file("data/penguin").empty());
  EXPECT_TRUE(embedded_file("zzz").empty());
  EXPECT_TRUE(embedded_names("no such folder/").empty());
}

TEST(Embedded, TextIsTheFileWithAZeroBehindIt) {
  const std::string_view text = embedded_text("data/penguins.csv");
  ASSERT_FALSE(text.empty());
  EXPECT_EQ(text.data()[text.size()], '\0');
  EXPECT_EQ(text.find('\0'), std::string_view::npos);
}

TEST(Embedded, PrefixNamesAFolder) {
  const auto data = embedded_names("data/");
  EXPECT_NE(std::ranges::find(data, "data/penguins.csv"), data.end());
  for (const auto name : data) EXPECT_TRUE(name.starts_with("data/"));
}

TEST(Embedded, EveryPartOfTheProgramShowsItsLicence) {
  for (const ThirdPartyPart& part : kThirdParty) {
    EXPECT_FALSE(embedded_text(part.licence_file).empty()) << part.name;
    EXPECT_FALSE(part.version.empty()) << part.name;
  }
}

}  // namespace
}  // namespace iem
