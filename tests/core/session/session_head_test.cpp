// What a list of sessions shows of one, and what a session that is kept by itself carries.
#include "core/session/session_head.h"
#include "core/session/scene_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/data/source.h"
#include "core/session/session.h"
#include "tests/core/support.h"
#include "tests/support/folder.h"

namespace iem {
namespace {

namespace fs = std::filesystem;
using testing::pool;

std::string written(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
  return path.string();
}

TEST(SessionHeadTest, IsThatOfEveryScene) {
  const test::Folder own;
  const fs::path folder = own.path();
  int read = 0;
  for (const std::string& name : builtin_scenes()) {
    if (read >= 20) break;
    iem::Run run(load_scene(name), pool());
    const auto head = read_session_head(written(folder / "x.iemlab", save_session(run, run.origin().config)));
    ASSERT_TRUE(head) << name;
    EXPECT_EQ(head->title, run.origin().title) << name;
    EXPECT_EQ(head->lab, run.origin().config.lab()) << name;
    EXPECT_EQ(head->step, 0) << name;
    ++read;
  }
  EXPECT_EQ(read, 20);
}

TEST(SessionHeadTest, HasTheStepAndTheNameWhereThereIsNoTitle) {
  const test::Folder own;
  const fs::path folder = own.path();
  Scene scene = load_scene("penguins");
  scene.title.clear();
  scene.name = "mine";
  scene.description = "[not a table]\ntitle = \"not the title\"";
  iem::Run run(scene, pool());
  run.seek(27);
  const auto head = read_session_head(written(folder / "x.iemlab", save_session(run, run.origin().config)));
  ASSERT_TRUE(head);
  EXPECT_EQ(head->title, "mine");
  EXPECT_EQ(head->step, 27);
}

TEST(SessionHeadTest, OfWhatIsNoSessionThereIsNone) {
  const test::Folder own;
  const fs::path folder = own.path();
  EXPECT_FALSE(read_session_head((folder / "none").string()));
  EXPECT_FALSE(read_session_head(folder.string()));
  int refused = 0;
  for (const std::string& text :
       {std::string(), std::string("{"), std::string("[1]"), std::string(1 << 20, '['),
        std::string(1 << 20, '\xff'), std::string("{\"step\":1}"), std::string("{\"lab\":{\"step\":1}}"),
        std::string("{\"lab\":3,\"step\":\"x\"}"),
        std::string("{\"lab\":\"mixture\",\"scene\":\"\\ntitle = [[[\",\"step\":1}")}) {
    EXPECT_FALSE(read_session_head(written(folder / "x", text))) << text.substr(0, 40);
    ++refused;
  }
  EXPECT_EQ(refused, 9);
}

TEST(KeptSession, CarriesTheEditsAfterItsStep) {
  iem::Run run(load_scene("penguins"), pool());
  run.seek(9);
  run.apply({"model.temperature", 2.0});
  run.seek(14);
  const std::uint64_t later = run.state().hash();
  run.seek(4);
  const std::string kept = save_session(run, run.origin().config, SessionFor::kept);
  LoadedSession loaded = load_session(kept, "kept", pool());
  EXPECT_EQ(loaded.parted, "");
  EXPECT_EQ(loaded.run.state().hash(), run.state().hash());
  EXPECT_EQ(loaded.run.edits().size(), 1U);
  loaded.run.seek(14);
  EXPECT_EQ(loaded.run.state().hash(), later);
  // One that is saved by hand is of its step.
  EXPECT_TRUE(load_session(save_session(run, run.origin().config), "saved", pool()).run.edits().empty());
}

TEST(SourceReading, KnowsTheFilesByTheirExtension) {
  EXPECT_EQ(source_reading("a/b.csv")->id, "csv");
  EXPECT_EQ(source_reading("a.b.NPY")->id, "npy");
  for (const char* none : {"", "csv", ".csv", "a.", "a.csv.gz", "a.d/csv", "iem1:abc"})
    EXPECT_EQ(source_reading(none), nullptr) << none;
}

}  // namespace
}  // namespace iem
