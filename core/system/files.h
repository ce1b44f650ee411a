// What the program asks the operating system about files. One file answers for each kind of system:
// files.cpp for POSIX, windows/files.cpp. Names are UTF-8; what fails leaves its reason in
// errno.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace iem {

enum class FileKind { regular, folder, other };  // other: a pipe, a device

struct FileStatus {
  FileKind kind = FileKind::regular;
  std::uint64_t device = 0, number = 0;  // together they tell one file from all others
  std::uint64_t size = 0;                // bytes, of a regular file
  unsigned mode = 0;                     // who may read and write it, as POSIX writes it (0644)

  bool is_same_file(const FileStatus& other) const {
    return device == other.device && number == other.number;
  }
};

// Of the file that the name leads to; empty when there is none.
std::optional<FileStatus> file_status(const std::string& path);

// Whether the file, which is there, could be opened to write to it.
bool may_write(const std::string& path);
// Whether files could be made in the folder.
bool may_make_files_in(const std::string& folder);

// Whether writing to the file of this name goes to the file itself, which is never replaced: a pipe, a
// device, /dev/stdout.
bool is_stream(const std::string& path, const FileStatus& there);
// Opens one, or our own standard output or error where the name stands for it; -1 when it cannot be opened.
int open_stream(const std::string& path, const FileStatus& there);
// Opens a file to write to that is not there yet; -1 when it cannot be opened.
int make_new_file(const std::string& path);
bool write_all(int file, std::string_view bytes);
bool sync_file(int file);  // what was written is on the disk, also after a power cut
bool close_file(int file);

// Two folders change places, or nothing happens. Returns false where that cannot be done, with EINVAL in
// errno where this system or the file system never can.
bool swap_folders(const std::string& one, const std::string& other);

// Safe in a signal handler. Longer names than kLongestName bytes are left alone.
inline constexpr std::size_t kLongestName = 4096;
void remove_file_now(const char* name) noexcept;
void remove_folder_now(const char* name) noexcept;  // if it is empty

// Fills the buffer with bytes that nobody can foresee.
bool random_bytes(void* buffer, std::size_t size);

// A file that is read, opened without waiting: a pipe that nobody writes to must not stop the program.
class ReadableFile {
 public:
  explicit ReadableFile(const std::string& path);
  ~ReadableFile();
  ReadableFile(const ReadableFile&) = delete;
  ReadableFile& operator=(const ReadableFile&) = delete;

  bool is_open() const { return file_ >= 0; }
  std::optional<FileStatus> status() const;
  // The next bytes, as many as there are and fit; 0 at the end, -1 when they cannot be read.
  std::ptrdiff_t read(char* buffer, std::size_t size);

 private:
  int file_ = -1;
};

}  // namespace iem
