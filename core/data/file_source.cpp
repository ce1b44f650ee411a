#include "core/data/file_source.h"

#include <filesystem>
#include <span>

#include "core/data/table_reader.h"

namespace iem {
namespace {

int dimension_of(const Config& config) { return config.lab() == "activation" ? 1 : 2; }

// The file's bytes and the name it is called by in messages.
struct Opened {
  std::string name, bytes;
};

Opened open(const Config& config, const std::string& folder) {
  const std::string& path = config.text("data.path");
  if (path.empty()) throw config.error("data.path", "this source needs a file");
  const bool relative =
      !path.starts_with("builtin:") && std::filesystem::path(path).is_relative() && !folder.empty();
  const std::string name = relative ? (std::filesystem::path(folder) / path).string() : path;
  try {
    return {name, read_file(name)};
  } catch (const InputError& error) {
    // Both places matter: where the path stands, and what is wrong with the file.
    throw InputError("data.path: " + std::string(error.what()), config.position("data.path"), error.kind());
  }
}

Dataset titled(Dataset data, const std::string& name) {
  const std::string path = name.starts_with("builtin:") ? name.substr(8) : name;
  data.title = std::filesystem::path(path).stem().string();
  return data;
}

Dataset make_csv(const Config& config, const std::string& folder, Random) {
  const Opened file = open(config, folder);
  return titled(read_csv(file.bytes, file.name, dimension_of(config)), file.name);
}

Dataset make_npy(const Config& config, const std::string& folder, Random) {
  const Opened file = open(config, folder);
  return titled(read_npy(std::as_bytes(std::span(file.bytes)), file.name, dimension_of(config)), file.name);
}

}  // namespace

DataSource csv_source() {
  return {.id = "csv",
          .label = "csv file",
          .help = "The first columns of a table; a column named label colours the points.",
          .keys = {"data.path"},
          .parameters = {},
          .dimension = 0,
          .make = make_csv};
}

DataSource npy_source() {
  return {.id = "npy",
          .label = "npy file",
          .help = "A NumPy array of float32 or float64, N x 2, or N x 3 with labels.",
          .keys = {"data.path"},
          .parameters = {},
          .dimension = 0,
          .make = make_npy};
}

}  // namespace iem
