// docs/gallery.md shows every figure there is; iemlab list figures --gallery makes it.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "tests/app/command.h"

namespace iem::test {
namespace {

TEST(gallery, shows_every_figure_of_every_lab) {
  const std::filesystem::path docs = std::string(IEMLAB_SOURCE_DIR) + "/docs";
  const std::string page = file_text((docs / "gallery.md").string());
  std::set<std::string> pictures;
  std::uintmax_t bytes = page.size();
  for (const Lab* lab : labs())
    for (const FigureType& figure : lab->figures()) {
      const std::string picture = lab->id() + "_" + figure.id + ".png";
      EXPECT_NE(page.find("![" + figure.title + "](gallery/" + picture + ")"), std::string::npos) << picture;
      EXPECT_NE(page.find("`" + figure.id + "`: " + figure.help), std::string::npos) << picture;
      ASSERT_TRUE(std::filesystem::exists(docs / "gallery" / picture)) << picture;
      bytes += std::filesystem::file_size(docs / "gallery" / picture);
      pictures.insert(picture);
    }
  EXPECT_GT(pictures.size(), 80u);
  EXPECT_LT(bytes, 4u << 20);
  for (const auto& entry : std::filesystem::directory_iterator(docs / "gallery"))
    EXPECT_TRUE(pictures.contains(entry.path().filename().string())) << entry.path() << " is of no figure";
}

TEST(gallery, is_made_by_one_command) {
  const Folder folder;
  const Outcome outcome = iemlab(folder, {"list", "figures", "--lab", "activation", "--gallery", "out"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("13 pictures"), std::string::npos) << outcome.out;
  EXPECT_NE(folder.read("out/gallery.md").find("## Activation"), std::string::npos);
  EXPECT_EQ(iemlab(folder, {"run", "out/gallery/activation_family.png", "--steps", "0"}).code, 0);
  EXPECT_EQ(iemlab(folder, {"list", "scenes", "--gallery", "other"}).code, 2);
  EXPECT_FALSE(folder.has("other"));
}

}  // namespace
}  // namespace iem::test
