// No output takes the place of a file that the run reads, by whatever name it is called.
#include "app/cli/input_files.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/app/command.h"

namespace iem::test {
namespace {

namespace fs = std::filesystem;

const char* const kData = "x,y\n1,2\n3,4\n5,6\n2,7\n4,1\n3,8\n";

// A scene on d.csv, with other names for both.
void fill(const Folder& folder) {
  folder.write("d.csv", kData);
  folder.write("e.csv", kData);
  folder.write("sub/empty", "");
  folder.write("s.toml", small_scene("data.source = \"csv\"\ndata.path = \"d.csv\"\nmodel.components = 2\n"));
  fs::create_symlink("d.csv", folder.at("link.csv"));
  fs::create_symlink("s.toml", folder.at("link.toml"));
  fs::create_hard_link(folder.at("d.csv"), folder.at("hard.csv"));
  fs::create_directory_symlink("sub", folder.at("way"));
}

void expect_refused(const Folder& folder, const std::vector<std::string>& command, const std::string& words) {
  const auto files = folder.files();
  std::vector<std::string> before;
  for (const std::string& file : files) before.push_back(folder.read(file));
  const Outcome outcome = iemlab(folder, command);
  EXPECT_EQ(outcome.code, 2) << command.back() << outcome.out;
  EXPECT_EQ(lines_of(outcome.err).size(), 1u) << outcome.err;
  EXPECT_NE(outcome.err.find(words), std::string::npos) << outcome.err;
  EXPECT_EQ(folder.files(), files);
  for (std::size_t i = 0; i < files.size(); ++i) EXPECT_EQ(folder.read(files[i]), before[i]) << files[i];
}

TEST(InputFiles, AreNotReplacedByAnyNameTheyHave) {
  const Folder folder;
  fill(folder);
  for (const std::string name :
       {"d.csv", "./d.csv", "sub/../d.csv", "way/../d.csv", "link.csv", "hard.csv"}) {
    expect_refused(folder, {"run", "s.toml", "--steps", "1", "--trace", name}, "data.path");
    expect_refused(folder, {"run", "s.toml", "--steps", "1", "--dump", "points=" + name}, "data.path");
    expect_refused(folder, {"run", "s.toml", "--steps", "1", "--figure", "loss=" + name}, "data.path");
    expect_refused(folder, {"sweep", "s.toml", "--steps", "1", "--table", name}, "data.path");
  }
  expect_refused(folder, {"run", "s.toml", "--trace", folder.at("d.csv")}, "data.path");
  for (const std::string name : {"s.toml", "./s.toml", "link.toml"}) {
    expect_refused(folder, {"run", "s.toml", "--steps", "1", "--trace", name}, "the scene");
    expect_refused(folder, {"run", "link.toml", "--steps", "1", "--state", name}, "the scene");
    expect_refused(folder, {"run", "s.toml", "--steps", "1", "--save-session", name}, "the scene");
    expect_refused(folder, {"sweep", "s.toml", "--steps", "1", "--table", name}, "the scene");
  }
}

TEST(InputFiles, OfEditsAndSessionsAreInputsToo) {
  const Folder folder;
  fill(folder);
  expect_refused(folder, {"run", "s.toml", "--steps", "2", "--at", "1:data.path=e.csv", "--trace", "e.csv"},
                 "data.path");
  expect_refused(folder, {"run", "s.toml", "--steps", "1", "--set", "data.path=e.csv", "--trace", "e.csv"},
                 "data.path");
  expect_refused(folder,
                 {"sweep", "s.toml", "--steps", "1", "--set", "data.path=d.csv,e.csv", "--table", "e.csv"},
                 "data.path");
  ASSERT_EQ(iemlab(folder, {"run", "s.toml", "--steps", "2", "--at", "1:data.path=e.csv", "--save-session",
                            "m.iemlab", "--figure", "stage=m.svg", "--quiet"})
                .code,
            0);
  for (const std::string replay : {"m.iemlab", "m.svg"}) {
    for (const std::string data : {"d.csv", "e.csv"})
      expect_refused(folder, {"run", replay, "--steps", "1", "--trace", data}, "data.path");
    expect_refused(folder, {"run", replay, "--steps", "1", "--trace", replay}, "the saved run");
  }
  expect_refused(folder, {"run", "m.iemlab", "--steps", "1", "--save-session", "./m.iemlab"},
                 "the saved run");
  // From another folder the data is found beside the scene.
  expect_refused(folder,
                 {"run", folder.at("s.toml"), "--steps", "1", "--trace", folder.at("sub/../link.csv")},
                 "data.path");
}

// A figure names no folder, and figures are kept in one of their own.
TEST(InputFiles, OfAFigureInAnotherFolderAreFoundWhereTheProgramWorks) {
  const Folder folder;
  fill(folder);
  const Outcome made = iemlab(folder, {"run", "s.toml", "--steps", "4", "--figure", "stage=sub/f.svg",
                                       "--state", "sub/f.json", "--json"});
  ASSERT_EQ(made.code, 0) << made.err;
  for (const std::string name : {"sub/f.svg", "sub/f.json", "./sub/f.svg"}) {
    const Outcome again = iemlab(folder, {"run", name, "--steps", "0", "--json"});
    ASSERT_EQ(again.code, 0) << again.err;
    EXPECT_EQ(again.err.find("the data is other"), std::string::npos) << again.err;
    EXPECT_EQ(again.json()["hash"], made.json()["hash"]);
  }
  // What lies beside the figure comes first.
  folder.write("sub/d.csv", "x,y\n1,2\n3,4\n5,6\n2,7\n4,1\n3,9\n");
  EXPECT_NE(iemlab(folder, {"run", "sub/f.svg", "--steps", "0"}).err.find("the data is other"),
            std::string::npos);
  fs::remove(folder.at("sub/d.csv"));
  fs::rename(folder.at("d.csv"), folder.at("moved.csv"));
  const Outcome gone = iemlab(folder, {"run", "sub/f.svg", "--steps", "0"});
  EXPECT_EQ(gone.code, 2);
  EXPECT_EQ(
      gone.err,
      "iemlab: sub/f.svg: in the embedded scene: data.path = \"d.csv\": there is no such file in sub, nor "
      "in the working folder\n");
  // A path that another source stands in place of is not missed.
  folder.write("d.csv", kData);
  ASSERT_EQ(iemlab(folder, {"run", "s.toml", "--set", "data.source=blobs", "--steps", "1", "--figure",
                            "stage=sub/g.svg", "--quiet"})
                .code,
            0);
  fs::remove(folder.at("d.csv"));
  const Outcome blobs = iemlab(folder, {"run", "sub/g.svg", "--steps", "0"});
  EXPECT_EQ(blobs.code, 0) << blobs.err;
}

TEST(InputFiles, OfAPictureAreItsSceneDataAndScript) {
  const Folder folder;
  fill(folder);
  folder.write("script.txt", "steps 1\n");
  expect_refused(folder, {"screenshot", "s.toml", "-o", "link.toml"}, "the scene");
  expect_refused(folder, {"screenshot", "s.toml", "-o", "hard.csv"}, "data.path");
  expect_refused(folder, {"screenshot", "s.toml", "--script", "script.txt", "-o", "./script.txt"},
                 "the script");
}

TEST(InputFiles, TwoOutputsOnOneFileAreNoticedThroughLinks) {
  const Folder folder;
  fill(folder);
  fs::create_symlink("new.csv", folder.at("dangling.csv"));
  folder.write("old.csv", "old");
  fs::create_symlink("old.csv", folder.at("older.csv"));
  const std::vector<std::pair<std::string, std::string>> pairs = {{"new.csv", "dangling.csv"},
                                                                  {"old.csv", "older.csv"},
                                                                  {"sub/a.csv", "way/a.csv"},
                                                                  {"a.csv", "sub/../a.csv"}};
  for (const auto& [one, other] : pairs)
    expect_refused(folder, {"run", "penguins", "--steps", "1", "--trace", one, "--dump", "points=" + other},
                   "both write");
  // Streams may be shared.
  EXPECT_EQ(
      iemlab(folder, {"run", "penguins", "--steps", "1", "--trace", "/dev/null", "--state", "/dev/null"})
          .code,
      0);
}

TEST(InputFiles, OtherNamesAreWritten) {
  const Folder folder;
  fill(folder);
  const Outcome run = iemlab(folder, {"run", "s.toml", "--steps", "1", "--quiet", "--trace", "t.csv",
                                      "--state", "sub/d.csv", "--save-session", "s.iemlab"});
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(folder.read("d.csv"), kData);
  // A scene that is built in is no file, even where one of its name lies.
  folder.write("penguins", "mine");
  EXPECT_EQ(iemlab(folder, {"run", "penguins", "--steps", "1", "--quiet", "--trace", "penguins"}).code, 0);
}

TEST(InputFiles, AnEmptyNameIsRefused) {
  const Folder folder;
  fill(folder);
  for (const char* option : {"--trace", "--state", "--save-session"})
    expect_refused(folder, {"run", "s.toml", "--steps", "1", option, ""}, option);
  for (const char* option : {"--figure", "--dump", "--code"}) {
    expect_refused(folder, {"run", "s.toml", "--steps", "1", option, ""}, option);
    expect_refused(folder, {"run", "s.toml", "--steps", "1", option, "stage="}, option);
  }
  expect_refused(folder, {"sweep", "s.toml", "--steps", "1", "--table", ""}, "--table");
  expect_refused(folder, {"screenshot", "s.toml", "-o", ""}, "-o");
  expect_refused(folder, {"screenshot", "s.toml", "-o", "x.png", "--script", ""}, "--script");
}

TEST(InputFiles, AreToldApartByWhatTheyAre) {
  const Folder folder;
  fill(folder);
  EXPECT_TRUE(cli::is_same_file(folder.at("d.csv"), folder.at("hard.csv")));
  EXPECT_TRUE(cli::is_same_file(folder.at("link.csv"), folder.at("way/../d.csv")));
  EXPECT_TRUE(cli::is_same_file(folder.at("sub/new"), folder.at("way/new")));
  EXPECT_FALSE(cli::is_same_file(folder.at("d.csv"), folder.at("e.csv")));
  EXPECT_FALSE(cli::is_same_file(folder.at("sub/new"), folder.at("new")));
}

}  // namespace
}  // namespace iem::test
