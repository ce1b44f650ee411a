// A title is text wherever it lands: whatever its bytes, each file written is the one an ordinary title
// gives, but for its words.
#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/export/escape.h"
#include "app/export/export.h"
#include "app/export/tex_letters.h"
#include "app/export/writers.h"
#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/labs/kit/lab.h"
#include "core/session/scene_file.h"
#include "core/session/session.h"
#include "core/session/state_string.h"
#include "tests/fuzz/targets.h"
#include "tests/fuzz/targets/xml.h"

namespace iem::fuzz {
namespace {

const std::string kPlain = "PLAIN";

Run run_titled(std::string_view title) {
  static const auto pool = std::make_shared<ThreadPool>(1);
  // The fewest points of the curve: what is tried is the words around it, and as many of them as can be.
  static const Scene plain = [] {
    Scene scene = load_scene("silu_gate");
    scene.config.set("view.samples", std::int64_t{2});
    return scene;
  }();
  Scene scene = plain;
  // A file's name may hold any bytes but these.
  scene.name = title.substr(0, 255);
  std::erase_if(scene.name, [](char c) { return c == '\0' || c == '/'; });
  if (scene.name.empty()) scene.name = "scene";
  scene.title = invalid_utf8(title) == title.size() ? title : "";
  return Run(std::move(scene), pool);
}

// Lines as the most liberal reader cuts them: C++, Python, TeX and terminals differ in what ends one.
std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto rest = std::string_view(text).substr(i);
    const bool ends = std::string_view("\n\r\v\f\x1c\x1d\x1e").find(text[i]) != std::string_view::npos ||
                      text[i] == '\0' || rest.starts_with("\xC2\x85") || rest.starts_with("\xE2\x80\xA8") ||
                      rest.starts_with("\xE2\x80\xA9");
    if (ends)
      out.emplace_back();
    else
      out.back() += text[i];
  }
  return out;
}

bool has_control(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

// The line that held the plain title holds another; all others are the same.
void check_code(const std::string& code, const std::string& plain) {
  const std::vector<std::string> lines = lines_of(code), expected = lines_of(plain);
  IEM_CHECK(lines.size() == expected.size());
  int titled = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t at = expected[i].find(kPlain);
    if (at == std::string::npos) {
      IEM_CHECK(lines[i] == expected[i]);
      continue;
    }
    ++titled;
    const std::string before = expected[i].substr(0, at), after = expected[i].substr(at + kPlain.size());
    IEM_CHECK(lines[i].size() >= before.size() + after.size() && lines[i].starts_with(before) &&
              lines[i].ends_with(after));
    const std::string words = lines[i].substr(at, lines[i].size() - before.size() - after.size());
    IEM_CHECK(!has_control(words) && invalid_utf8(words) == words.size());
    if (before.find("\"\"\"") != std::string::npos)
      IEM_CHECK(words.find_first_of("\"\\") == std::string::npos);
  }
  IEM_CHECK(titled == 1);
}

// What TeX would carry out: control sequences, and how often each special character stands unescaped.
struct TexParts {
  std::set<std::string> commands;
  std::map<char, int> special;
};

TexParts tex_parts(const std::string& tex) {
  TexParts out;
  for (std::size_t i = 0; i < tex.size(); ++i) {
    IEM_CHECK(tex[i] == '\n' || !has_control({&tex[i], 1}));
    IEM_CHECK(tex.compare(i, 2, "^^") != 0);
    if (tex[i] == '\\') {
      std::size_t end = i + 1;
      while (end < tex.size() && std::isalpha(static_cast<unsigned char>(tex[end]))) ++end;
      if (end == i + 1 && end < tex.size()) ++end;
      out.commands.insert(tex.substr(i, end - i));
      i = end - 1;
    } else {
      ++out.special[tex[i]];
    }
  }
  return out;
}

// The control sequences that stand for one character each: what the escaper makes of every character alone.
std::set<std::string> sign_commands() {
  std::set<std::string> out;
  for (unsigned c = 0x20; c < 0x10000; ++c) {
    if (c == 0x7F || (c >= 0xD800 && c < 0xE000)) continue;
    std::string one;
    if (c < 0x80)
      one = {static_cast<char>(c)};
    else if (c < 0x800)
      one = {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 63))};
    else
      one = {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 63)),
             static_cast<char>(0x80 | (c & 63))};
    out.merge(tex_parts(tex_escaped(one)).commands);
    // What LaTeX is told of letters that it has not, those that stand over another letter included.
    out.merge(tex_parts(tex_letter_definitions("a" + one)).commands);
  }
  return out;
}

void check_tex(const std::string& tex, const std::string& plain) {
  static const std::set<std::string> signs = sign_commands();
  TexParts found = tex_parts(tex), expected = tex_parts(plain);
  for (const std::string& command : found.commands)
    IEM_CHECK(expected.commands.contains(command) || signs.contains(command));
  for (const char c : {'%', '&', '#'}) IEM_CHECK(found.special[c] == expected.special[c]);
  IEM_CHECK(found.special['{'] - expected.special['{'] == found.special['}'] - expected.special['}']);
  IEM_CHECK(found.special['$'] % 2 == 0);
}

struct Written {
  explicit Written(std::string_view title) : run(run_titled(title)), snapshot(take_snapshot(run)) {
    for (const CodeType& type : lab_of(run.setup()).code_types())
      code.push_back(lab_of(run.setup()).code(type.id, *snapshot));
  }
  Figure figure() const {
    return lab_of(run.setup()).figure("activation", *snapshot, {snapshot->config(), {}, {}});
  }

  Run run;
  std::shared_ptr<const Snapshot> snapshot;
  std::vector<std::string> code;
};

void check_papers(const Written& titled, const std::string& plain_tex) {
  const Figure figure = titled.figure();
  ExportOptions options;
  options.dpi = 20;
  options.metadata = write_state_string(titled.run, titled.run.setup().config());
  check_tex(figure_as_tex(figure, {}), plain_tex);
  check_xml(figure_as_svg(figure, options));
  (void)figure_as_csv(figure);
  (void)figure_as_png(figure, options);
  (void)figure_as_pdf(figure, options);
}

}  // namespace

void title(std::string_view bytes) {
  if (bytes.empty()) return;  // says nothing anywhere
  static const Written plain(kPlain);
  static const std::string plain_tex = figure_as_tex(plain.figure(), {});
  const Written titled(bytes);
  for (std::size_t i = 0; i < plain.code.size(); ++i) check_code(titled.code[i], plain.code[i]);
  check_papers(titled, plain_tex);

  const std::string said = terminal_text(bytes);
  for (std::size_t i = 0; i < said.size();) {
    const CodePoint point = code_point_at(said, i);
    IEM_CHECK(is_visible(point.value));
    i += point.length;
  }

  const Scene& scene = titled.run.setup().scene;
  IEM_CHECK(parse_scene(write_scene(scene), "written.toml").title == scene.title);
  const std::string saved = save_session(titled.run, titled.run.setup().config());
  IEM_CHECK(invalid_utf8(saved) == saved.size());
  const LoadedSession back = load_session(saved, "saved.iemlab", std::make_shared<ThreadPool>(1));
  IEM_CHECK(back.run.setup().scene.title == scene.title);
}

}  // namespace iem::fuzz
