// A folder for each process of tests: temporary files, settings and sessions go there, also those of the
// programs it starts. Removed at the end; kept, with a line that says where, when a test has failed.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace iem::test {
namespace {

namespace fs = std::filesystem;

class OwnHome : public ::testing::Environment {
 public:
  void SetUp() override {
    std::string path = (fs::temp_directory_path() / "iemlab-tests-XXXXXX").string();
    if (!mkdtemp(path.data())) throw std::runtime_error("no temporary folder " + path);
    home_ = path;
    setenv("TMPDIR", (home_ / "tmp").c_str(), 1);
    fs::create_directory(home_ / "tmp");
    // Not the cache: what a driver keeps there is made to be shared.
    for (const char* name : {"XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"}) {
      setenv(name, (home_ / name).c_str(), 1);
      fs::create_directory(home_ / name);
      fs::permissions(home_ / name, fs::perms::owner_all);
    }
  }
  void TearDown() override {
    std::error_code ignored;
    if (!::testing::UnitTest::GetInstance()->Failed())
      fs::remove_all(home_, ignored);
    else
      std::fprintf(stderr, "what the failed tests left is in %s\n", home_.c_str());
  }

 private:
  fs::path home_;
};

[[maybe_unused]] ::testing::Environment* const kHome = ::testing::AddGlobalTestEnvironment(new OwnHome);

}  // namespace
}  // namespace iem::test
