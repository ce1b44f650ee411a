// Files are written whole, in their own place, and past everything that others may have put in the folder.
#include "core/base/atomic_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "core/base/atomic_folder.h"
#include "core/base/error.h"
#include "tests/app/command.h"
#include "tests/support/refuse_sync.h"

namespace iem::test {
namespace {

namespace fs = std::filesystem;

unsigned mode_of(const std::string& path) {
  struct stat there {};
  EXPECT_EQ(::stat(path.c_str(), &there), 0) << path;
  return there.st_mode & 07777;
}

// Everything in the folder, links and hidden files too.
std::size_t entries(const Folder& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder.path()), {}));
}

// Runs `body` in a process of its own; its exit code.
template <class Body>
int in_child(Body body) {
  const pid_t pid = fork();
  if (pid == 0) _exit(body());
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// A disk in memory stands among the devices; what lies there is written like any file, and not over the old
// one.
TEST(AtomicFile, InSharedMemoryReplacesTheOldOneWhole) {
  if (::access("/dev/shm", W_OK) != 0) GTEST_SKIP() << "no /dev/shm here";
  const std::string file = "/dev/shm/iemlab-tests-" + std::to_string(getpid());
  write_file_atomically(file, "a long text");
  write_file_atomically(file, "short");
  EXPECT_EQ(file_text(file), "short");
  fs::remove(file);
}

TEST(AtomicFile, DoesNotWriteThroughALinkPlantedBesideItsPlace) {
  const Folder folder;
  folder.write("victim", "mine");
  // The names a draft could be expected to have, from the target and the process.
  const std::string pid = std::to_string(getpid());
  for (const std::string& name :
       std::vector<std::string>{"t.csv.part" + pid, "t.csv.part", "t.csv.tmp", "t.csv~", ".t.csv." + pid})
    fs::create_symlink("victim", folder.at(name));
  write_file_atomically(folder.at("t.csv"), "theirs");
  EXPECT_EQ(folder.read("victim"), "mine");
  EXPECT_FALSE(fs::is_symlink(folder.at("t.csv")));
  EXPECT_EQ(folder.read("t.csv"), "theirs");
  EXPECT_EQ(entries(folder), 7u);
}

// Process ids are not unique: every container counts its own.
TEST(AtomicFile, WritersWithOneProcessIdDoNotCollide) {
  const Folder folder;
  const std::vector<std::string> texts = {std::string(20000, 'a'), std::string(30000, 'b')};
  std::vector<std::thread> writers;
  std::vector<std::string> errors(texts.size());
  for (std::size_t t = 0; t < texts.size(); ++t)
    writers.emplace_back([&, t] {
      for (int i = 0; i < 60; ++i) {
        try {
          write_file_atomically(folder.at("t.csv"), texts[t]);
        } catch (const InputError& error) {
          errors[t] = error.what();
        }
        const std::string seen = folder.read("t.csv");
        if (seen != texts[0] && seen != texts[1]) errors[t] = "torn";
      }
    });
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(errors, std::vector<std::string>(texts.size()));
  EXPECT_EQ(entries(folder), 1u);
}

TEST(AtomicFile, TakesTheLongestNameAFolderCanHold) {
  const Folder folder;
  const std::string longest = std::string(251, 'n') + ".csv";
  require_writable(folder.at(longest));
  write_file_atomically(folder.at(longest), "x");
  EXPECT_EQ(folder.read(longest), "x");
  EXPECT_EQ(entries(folder), 1u);
  EXPECT_THROW(require_writable(folder.at(longest + "s")), InputError);
}

TEST(AtomicFile, KeepsTheModeOfWhatWasThereAndGivesNewFilesTheUsualOne) {
  const Folder folder;
  const mode_t before = umask(022);
  write_file_atomically(folder.at("new"), "x");
  EXPECT_EQ(mode_of(folder.at("new")), 0644u);
  for (const unsigned mode : {0600u, 0640u, 0666u, 0755u}) {
    fs::permissions(folder.at("new"), fs::perms(mode));
    write_file_atomically(folder.at("new"), "y");
    EXPECT_EQ(mode_of(folder.at("new")), mode);
  }
  umask(before);
}

TEST(AtomicFile, ForItsOwnerAloneIsSoWhateverWasThere) {
  const Folder folder;
  const mode_t before = umask(0);
  write_file_atomically(folder.at("kept"), "x", FileAccess::owner_only);
  EXPECT_EQ(mode_of(folder.at("kept")), 0600u);
  fs::permissions(folder.at("kept"), fs::perms(0644));
  write_file_atomically(folder.at("kept"), "y", FileAccess::owner_only);
  EXPECT_EQ(mode_of(folder.at("kept")), 0600u);
  EXPECT_EQ(folder.read("kept"), "y");
  umask(before);
}

TEST(AtomicFile, ALinkStaysALinkAndAChainOfThemIsFollowed) {
  const Folder folder;
  folder.write("there/old", "old");
  fs::create_symlink("there/link", folder.at("a"));
  fs::create_symlink("old", folder.at("there/link"));
  fs::create_symlink("there/new", folder.at("b"));
  EXPECT_EQ(written_file(folder.at("a")), folder.at("there/old"));
  EXPECT_EQ(written_file(folder.at("b")), folder.at("there/new"));
  EXPECT_EQ(written_file(folder.at("c")), folder.at("c"));
  write_file_atomically(folder.at("a"), "1");
  write_file_atomically(folder.at("b"), "2");
  EXPECT_TRUE(fs::is_symlink(folder.at("a")) && fs::is_symlink(folder.at("b")));
  EXPECT_EQ(folder.read("there/old"), "1");
  EXPECT_EQ(folder.read("there/new"), "2");
}

TEST(AtomicFile, AFailureKeepsTheOldFileAndLeavesNothingBeside) {
  const Folder folder;
  folder.write("t.csv", "old");
  const int code = in_child([&] {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{4096, 4096};
    setrlimit(RLIMIT_FSIZE, &limit);
    try {
      write_file_atomically(folder.at("t.csv"), std::string(100000, 'x'));
    } catch (const InputError& error) {
      return static_cast<int>(error.kind());
    }
    return 0;
  });
  EXPECT_EQ(code, static_cast<int>(ErrorKind::io));
  EXPECT_EQ(folder.read("t.csv"), "old");
  EXPECT_EQ(entries(folder), 1u);
}

// The file has its own name for an instant before it takes the place of the old one: a process can be killed
// there too, once in a great many times.
TEST(AtomicFile, AWriterThatIsKilledLeavesNothingBeside) {
  const Folder folder;
  const int probe = open(folder.path().c_str(), O_TMPFILE | O_WRONLY, 0600);
  if (probe < 0) GTEST_SKIP() << "this file system has no files without names";
  close(probe);
  const std::string large(8 << 20, 'x');
  int killed = 0;
  for (int i = 0; i < 12; ++i) {
    const pid_t pid = fork();
    if (pid == 0) {
      for (;;) write_file_atomically(folder.at("t.csv"), large);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(3 + 5 * i));
    kill(pid, SIGKILL);
    int status = 0;
    waitpid(pid, &status, 0);
    killed += WIFSIGNALED(status) ? 1 : 0;
    if (folder.has("t.csv")) {
      ASSERT_EQ(fs::file_size(folder.at("t.csv")), large.size());
    }
  }
  EXPECT_EQ(killed, 12);
  EXPECT_LE(entries(folder), 2u);
}

// The folder may be written to, so that a rename would not ask the file. Root may write to all files, and so
// becomes somebody else.
TEST(AtomicFile, WaitsForTheDiskUnlessItNeedNot) {
  const Folder folder;
  bool can_tell = false, synced_failed = false;
  std::thread([&] {
    can_tell = refuse_sync_in_this_thread();
    if (!can_tell) return;
    try {
      write_file_atomically(folder.at("synced"), "text");
    } catch (const InputError&) {
      synced_failed = true;
    }
    write_file_atomically(folder.at("unsynced"), "text", FileAccess::usual, FileSync::unsynced);
  }).join();
  if (!can_tell) GTEST_SKIP() << "here no call of the system can be refused";
  EXPECT_TRUE(synced_failed);
  EXPECT_FALSE(folder.has("synced"));
  EXPECT_EQ(folder.read("unsynced"), "text");
  EXPECT_EQ(entries(folder), 1u);
}

TEST(AtomicFile, AWriteProtectedFileIsNotReplaced) {
  constexpr int kCannotTell = 77;
  const Folder folder;
  folder.write("kept", "mine");
  fs::permissions(folder.at("kept"), fs::perms(0444));
  fs::permissions(folder.path(), fs::perms(0777));
  // The folders of this test are its user's alone, who in a child is another.
  for (fs::path up = folder.path(); up.has_relative_path(); up = up.parent_path())
    if (up.filename().string().starts_with("iemlab-tests-")) fs::permissions(up, fs::perms(0711));
  const int code = in_child([&] {
    if (::geteuid() == 0 && ::setuid(65534) != 0) return kCannotTell;
    if (::access(folder.path().c_str(), W_OK | X_OK) != 0) return kCannotTell;
    try {
      write_file_atomically(folder.at("kept"), "theirs");
    } catch (const InputError& error) {
      return static_cast<int>(error.kind());
    }
    return 0;
  });
  if (code == kCannotTell) GTEST_SKIP() << "nobody here is without the rights of root";
  EXPECT_EQ(code, static_cast<int>(ErrorKind::io));
  EXPECT_EQ(folder.read("kept"), "mine");
  EXPECT_EQ(entries(folder), 1u);
}

// The last of them cannot be put in its place, because a folder has come there.
TEST(AtomicFile, SeveralTogetherAreAllTakenBack) {
  const Folder folder;
  folder.write("old", "old");
  fs::create_symlink("led", folder.at("link"));
  {
    AtomicFile old(folder.at("old")), fresh(folder.at("fresh")), led(folder.at("link")),
        last(folder.at("last"));
    AtomicFile* const files[] = {&old, &fresh, &led, &last};
    for (AtomicFile* file : files) file->write("new");
    fs::create_directory(folder.at("last"));
    EXPECT_THROW(commit_together(files), InputError);
  }
  EXPECT_FALSE(folder.has("fresh"));
  EXPECT_FALSE(folder.has("led"));
  EXPECT_TRUE(fs::is_symlink(folder.at("link")));
  EXPECT_TRUE(fs::is_directory(folder.at("last")));
  EXPECT_EQ(entries(folder), 3u) << "old, link and last";
  // Where the file system has a second name for a file.
  fs::remove(folder.at("last"));
  std::error_code cannot;
  fs::create_hard_link(folder.at("old"), folder.at("probe"), cannot);
  if (!cannot) EXPECT_EQ(folder.read("old"), "old");
}

TEST(AtomicFile, SeveralTogetherLeaveNothingBeside) {
  const Folder folder;
  folder.write("old", "old");
  AtomicFile old(folder.at("old")), fresh(folder.at("fresh"));
  AtomicFile* const files[] = {&old, &fresh};
  for (AtomicFile* file : files) file->write("new");
  commit_together(files);
  EXPECT_EQ(folder.read("old") + folder.read("fresh"), "newnew");
  EXPECT_EQ(entries(folder), 2u);
}

TEST(AtomicFolder, IsReplacedInTwoStepsOrStaysAsItWas) {
  const Folder folder;
  folder.write("film/frame-0001.png", "old");
  folder.write("film/frame-0002.png", "old");
  EXPECT_TRUE(replace_folder(folder.at("nothing"), folder.at("film")));
  EXPECT_EQ(folder.read("film/frame-0001.png") + folder.read("film/frame-0002.png"), "oldold");
  EXPECT_EQ(entries(folder), 1u);
  folder.write("new/frame-0001.png", "new");
  EXPECT_FALSE(replace_folder(folder.at("new"), folder.at("film")));
  EXPECT_EQ(folder.read("film/frame-0001.png"), "new");
  EXPECT_FALSE(folder.has("film/frame-0002.png"));
  EXPECT_EQ(entries(folder), 1u);
}

}  // namespace
}  // namespace iem::test
