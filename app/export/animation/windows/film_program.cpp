// The film and what the program says are files in the folder for temporary ones: a program of Windows has no
// other way to write what it goes back in. They are removed when it has ended, and when this one is
// interrupted.
#include "app/export/animation/film_program.h"

#include <windows.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <utility>

#include "core/system/files.h"
#include "core/system/unfinished.h"
#include "core/system/windows/handle.h"
#include "core/system/windows/wide_text.h"

namespace iem {
namespace {

// A name in the folder for temporary files; what has it is removed in the end.
class TemporaryFile {
 public:
  TemporaryFile() {
    std::error_code none;
    const std::filesystem::path folder = std::filesystem::temp_directory_path(none);
    path_ = (folder / unforeseeable_name()).string();
    noted_ = Unfinished(path_);
  }
  ~TemporaryFile() { remove_file_now(path_.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::string& path() const { return path_; }

  // Empty when it cannot be read to its end; the reason is in errno.
  std::optional<std::string> bytes() const {
    ReadableFile file(path_);
    std::string out;
    char part[1 << 16];
    while (file.is_open()) {
      const std::ptrdiff_t got = file.read(part, sizeof part);
      if (got < 0) break;
      if (got == 0) return out;
      out.append(part, static_cast<std::size_t>(got));
    }
    return {};
  }

 private:
  std::string path_;
  Unfinished noted_;
};

std::string why() { return std::strerror(errno_of_last_error()); }

// Of words without quotes.
std::wstring command_line(const std::vector<std::string>& words) {
  std::wstring out;
  for (const std::string& word : words) out += (out.empty() ? L"\"" : L" \"") + wide_text(word) + L"\"";
  return out;
}

HANDLE open_for_child(const std::string& path, DWORD access, DWORD how) {
  SECURITY_ATTRIBUTES inherited{sizeof inherited, nullptr, TRUE};
  return CreateFileW(wide_text(path).c_str(), access, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                     &inherited, how, FILE_ATTRIBUTE_NORMAL, nullptr);
}

std::wstring found(std::string_view program) {
  wchar_t path[MAX_PATH * 4];
  const DWORD length =
      SearchPathW(nullptr, wide_text(program).c_str(), L".exe", std::size(path), path, nullptr);
  return length > 0 && length < std::size(path) ? std::wstring(path, length) : std::wstring();
}

}  // namespace

bool is_on_path(std::string_view program) { return !found(program).empty(); }

class FilmProgram::Process {
 public:
  explicit Process(std::vector<std::string> words) {
    std::ranges::replace(words, std::string(kFilm), film_.path());
    SECURITY_ATTRIBUTES inherited{sizeof inherited, nullptr, TRUE};
    HANDLE theirs = nullptr, ours = nullptr;
    if (!CreatePipe(&theirs, &ours, &inherited, 1 << 20)) refuse_to_start(words.front(), why());
    const OwnedHandle input(theirs);
    ours_.reset(ours);
    SetHandleInformation(ours, HANDLE_FLAG_INHERIT, 0);
    const OwnedHandle nothing(open_for_child("NUL", GENERIC_WRITE, OPEN_EXISTING));
    const OwnedHandle complaints(open_for_child(complaints_.path(), GENERIC_WRITE, CREATE_NEW));
    start(words, input.get(), nothing.get(), complaints.get());
  }
  ~Process() {
    ours_.reset();
    if (!child_.is_open()) return;
    TerminateProcess(child_.get(), 1);
    WaitForSingleObject(child_.get(), INFINITE);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  bool write(std::string_view bytes) { return write_to_handle(ours_.get(), bytes); }

  bool ends_well() {
    ours_.reset();
    DWORD code = 1;
    WaitForSingleObject(child_.get(), INFINITE);
    GetExitCodeProcess(child_.get(), &code);
    child_.reset();
    return code == 0;
  }
  std::string film() const {
    auto whole = film_.bytes();
    if (!whole) refuse_part_of_film(std::strerror(errno));
    return *std::move(whole);
  }
  std::string complaints() {
    if (child_.is_open()) ends_well();
    return complaints_.bytes().value_or("");
  }

 private:
  void start(const std::vector<std::string>& words, HANDLE input, HANDLE output, HANDLE complaints) {
    STARTUPINFOW how{};
    how.cb = sizeof how;
    how.dwFlags = STARTF_USESTDHANDLES;
    how.hStdInput = input;
    how.hStdOutput = output;
    how.hStdError = complaints;
    PROCESS_INFORMATION made{};
    std::wstring line = command_line(words);
    // A group of its own: Ctrl-C is for this program, which then ends the other. It ends with this one, too.
    const BOOL began = CreateProcessW(found(words.front()).c_str(), line.data(), nullptr, nullptr, TRUE,
                                      CREATE_NEW_PROCESS_GROUP | CREATE_NO_WINDOW | CREATE_SUSPENDED, nullptr,
                                      nullptr, &how, &made);
    if (!began) refuse_to_start(words.front(), why());
    child_.reset(made.hProcess);
    const OwnedHandle thread(made.hThread);
    together_.reset(CreateJobObjectW(nullptr, nullptr));
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    SetInformationJobObject(together_.get(), JobObjectExtendedLimitInformation, &limits, sizeof limits);
    AssignProcessToJobObject(together_.get(), child_.get());
    ResumeThread(made.hThread);
  }

  TemporaryFile film_, complaints_;
  OwnedHandle ours_, child_, together_;
};

FilmProgram::FilmProgram(std::vector<std::string> words)
    : process_(std::make_unique<Process>(std::move(words))) {}
FilmProgram::~FilmProgram() = default;

bool FilmProgram::write(std::string_view bytes) { return process_->write(bytes); }
std::optional<std::string> FilmProgram::finish() {
  if (!process_->ends_well()) return {};
  return process_->film();
}
std::string FilmProgram::complaints() { return process_->complaints(); }

}  // namespace iem
