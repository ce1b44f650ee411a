#include "app/cli/output.h"

#include <algorithm>
#include <iterator>

#include "app/export/table_file.h"
#include "app/export/tex_figure.h"
#include "core/base/error.h"
#include "core/base/utf8.h"

namespace iem::cli {
namespace {

// WHAT=FILE.
Output parse_output(const std::string& text, OutputKind kind) {
  const std::size_t at = text.find('=');
  if (at != std::string::npos && at != 0 && at + 1 != text.size()) {
    const std::string file = text.substr(at + 1);
    if (const std::string why = misnamed(file); !why.empty())
      throw InputError(std::string(option_of(kind)) + " " + printable(text, 200) + ": " + why);
    return {kind, text.substr(0, at), file};
  }
  const std::string what = kind == OutputKind::dump ? "WHAT" : kind == OutputKind::code ? "LANGUAGE" : "ID";
  throw InputError(std::string(option_of(kind)) + " " + printable(text, 200) + ": must be " + what + "=FILE");
}

}  // namespace

std::string misnamed(const std::string& file) {
  if (file.empty()) return "the name of the file is empty";
  return file == "-" ? "- stands for no stream here: give a file, or /dev/stdout for standard output" : "";
}

const char* option_of(OutputKind kind) {
  switch (kind) {
    case OutputKind::trace: return "--trace";
    case OutputKind::state: return "--state";
    case OutputKind::session: return "--save-session";
    case OutputKind::dump: return "--dump";
    case OutputKind::figure: return "--figure";
    case OutputKind::code: return "--code";
    case OutputKind::animation: return "--animate";
  }
  return "";
}

std::vector<Output> parse_outputs(const RunOptions& options) {
  std::vector<Output> out;
  const auto add = [&](OutputKind kind, const std::string& path) {
    if (!path.empty()) out.push_back({kind, {}, path});
  };
  add(OutputKind::trace, options.trace);
  add(OutputKind::state, options.state);
  add(OutputKind::session, options.session);
  for (const std::string& text : options.dumps) out.push_back(parse_output(text, OutputKind::dump));
  for (const std::string& text : options.figures) {
    Output figure = parse_output(text, OutputKind::figure);
    figure.format = figure_format_of(figure.path);
    if (!figure.format) throw InputError("--figure " + figure.path + ": must end in " + figure_extensions());
    out.push_back(std::move(figure));
  }
  for (const std::string& text : options.animations) {
    Output film = parse_output(text, OutputKind::animation);
    film.animation = animation_format_of(film.path);
    if (!film.animation)
      throw InputError("--animate " + film.path + ": must end in " + animation_extensions());
    out.push_back(std::move(film));
  }
  for (const std::string& text : options.codes) out.push_back(parse_output(text, OutputKind::code));
  return out;
}

std::vector<Output> of_kind(const std::vector<Output>& outputs, OutputKind kind) {
  std::vector<Output> out;
  std::ranges::copy_if(outputs, std::back_inserter(out), [&](const Output& o) { return o.kind == kind; });
  return out;
}

std::vector<NamedFile> files_of(const std::vector<Output>& outputs) {
  std::vector<NamedFile> out;
  for (const Output& output : outputs) {
    out.push_back({option_of(output.kind), output.path, output.animation && output.animation->is_folder()});
    if (output.format && output.format->kind == FormatKind::tex)
      for (const std::string& picture : tex_picture_files(output.path))
        out.push_back({"the picture of --figure", picture});
    if (output.is_table()) add_description(option_of(output.kind), output.path, out);
  }
  return out;
}

void add_description(const std::string& what, const std::string& table, std::vector<NamedFile>& files) {
  if (const std::string beside = companion_of(table); !beside.empty())
    files.push_back({"the description of " + what, beside});
}

}  // namespace iem::cli
