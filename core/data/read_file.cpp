#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <memory>

#include "core/base/embedded.h"
#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/base/words.h"
#include "core/config/config.h"
#include "core/data/table_reader.h"
#include "core/system/files.h"

namespace iem {
namespace {

constexpr std::string_view kBuiltin = "builtin:";
constexpr std::size_t kLongestPath = 4096;  // bytes; a longer path cannot be a file and is quoted cut short

std::string read_builtin(const std::string& path) {
  const std::string name = path.substr(kBuiltin.size());
  if (const auto text = embedded_text("data/" + name); !text.empty()) return std::string(text);
  std::vector<std::string> known;
  for (const auto each : embedded_names("data/")) known.emplace_back(each.substr(5));
  const std::string near = nearest_word(name, known);
  throw InputError("no such built-in file; there are " + joined(known) +
                       (near.empty() ? "" : "; did you mean builtin:" + near + "?"),
                   {printable(path, 200)}, ErrorKind::io);
}

}  // namespace

std::string read_file(const std::string& path, std::size_t limit_mib) {
  if (path.starts_with(kBuiltin)) return read_builtin(path);
  const bool nul = path.find('\0') != std::string::npos;
  const SourcePosition at{nul || path.size() > kLongestPath ? printable(path, 200) : path};
  const auto fail = [&](const std::string& what) { return InputError(what, at, ErrorKind::io); };
  const std::size_t limit = limit_mib << 20;
  const InputError too_large("more than " + std::to_string(limit_mib) + " MiB: too large", at);

  if (nul) throw fail("cannot be opened: no file's name holds a NUL");
  ReadableFile file(path);
  if (!file.is_open()) throw fail(std::string("cannot be opened: ") + std::strerror(errno));
  const auto status = file.status();
  if (!status) throw fail(std::string("cannot be read: ") + std::strerror(errno));
  if (status->kind == FileKind::folder) throw fail("is a folder, not a file");
  if (status->kind == FileKind::other)
    throw fail("is a pipe or a device, not a regular file: save it to a file first");
  if (status->size > limit) throw too_large;

  // The size is only a hint: some files of the system have none, and a file may grow while it is read. In a
  // page each reading of a thread waits for a frame of the window: few, of much, are fast there too.
  const auto size = static_cast<std::size_t>(status->size);
  const std::size_t most = std::clamp(size + 1, std::size_t{1} << 16, std::size_t{1} << 23);
  const auto buffer = std::make_unique_for_overwrite<char[]>(most);
  std::string bytes;
  bytes.reserve(size);
  while (true) {
    const std::ptrdiff_t count = file.read(buffer.get(), most);
    if (count < 0) throw fail(std::string("cannot be read: ") + std::strerror(errno));
    if (count == 0) return bytes;
    bytes.append(buffer.get(), static_cast<std::size_t>(count));
    if (bytes.size() > limit) throw too_large;
  }
}

}  // namespace iem
