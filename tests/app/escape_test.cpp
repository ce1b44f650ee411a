// A title and the names of columns are words wherever they land: in code, in figures of every format, in
// tables.
#include "app/export/escape.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <regex>
#include <utility>
#include <vector>

#include "app/export/writers.h"
#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/figure/caption.h"
#include "core/lab/lab.h"
#include "core/run/snapshot.h"
#include "core/scene/state_string.h"
#include "tests/app/command.h"
#include "tests/core/nasty_strings.h"

namespace iem::test {
namespace {

bool has_tool(const std::string& name) {
  const Folder folder;
  return shell(folder, "command -v " + name).code == 0;
}

// The first built-in scene of a lab, called `title`.
std::shared_ptr<const Snapshot> titled(const std::string& lab, const std::string& title) {
  static const auto pool = std::make_shared<ThreadPool>(1);
  for (const std::string& name : builtin_scenes()) {
    Scene scene = load_scene(name);
    if (scene.config.lab() != lab) continue;
    scene.title = title;
    return take_snapshot(Run(std::move(scene), pool));
  }
  ADD_FAILURE() << "no scene of " << lab;
  return nullptr;
}

// Code of every language of every lab for each title, numbered; file 0 has a title that means nothing
// anywhere. Returns how many files of a language there are.
std::map<std::string, int> write_codes(const Folder& folder) {
  std::map<std::string, int> files;
  for (const Lab* lab : labs()) {
    if (lab->code_types().empty()) continue;
    std::vector<std::string> titles = {"Plain"};
    for (const std::string& nasty : nasty_bytes()) titles.push_back(nasty);
    for (std::size_t i = 0; i < titles.size(); ++i) {
      const auto snapshot = titled(lab->id(), titles[i]);
      for (const CodeType& type : lab->code_types()) {
        folder.write(lab->id() + "_" + type.id + "_" + std::to_string(i) + ".txt",
                     lab->code(type.id, *snapshot));
        ++files[lab->id() + "_" + type.id];
      }
    }
  }
  return files;
}

// Without its comments a program is the same program whatever the scene is called.
TEST(Code, IsTheSameProgramWhateverTheTitle) {
  const Folder folder;
  const auto files = write_codes(folder);
  ASSERT_GE(files.size(), 4u);
  // Python: the syntax tree without docstrings, by Python itself.
  folder.write(
      "same.py",
      "import ast, sys\n"
      "def tree(name):\n"
      "    t = ast.parse(open(name, 'rb').read())\n"
      "    for f in ast.walk(t):\n"
      "        if isinstance(f, ast.FunctionDef) and isinstance(f.body[0], ast.Expr): f.body.pop(0)\n"
      "    return ast.dump(t)\n"
      "bad = [n for n in sys.argv[1:] if tree(n) != tree(sys.argv[1])]\n"
      "sys.exit(', '.join(bad))\n");
  const auto check = [&](const std::string& stem, const std::string& command) {
    std::string names;
    for (int i = 0; i < files.at(stem); ++i) names += " " + stem + "_" + std::to_string(i) + ".txt";
    const Outcome outcome = shell(folder, command + names);
    EXPECT_EQ(outcome.code, 0) << stem << ": " << outcome.out << outcome.err;
  };
  const std::string compare =
      "same() { first=$(plain \"$1\"); for f; do [ \"$(plain \"$f\")\" = \"$first\" ] || { echo \"$f\"; "
      "return 1; }; "
      "done; }; ";
  int checked = 0;
  for (const auto& [stem, count] : files) {
    EXPECT_EQ(count, static_cast<int>(nasty_bytes().size()) + 1);
    if (stem.ends_with("numpy") || stem.ends_with("pytorch")) {
      if (has_tool("python3")) check(stem, "python3 same.py"), ++checked;
    } else if (stem.ends_with("cpp")) {
      // The preprocessor takes comments away; -trigraphs is how old C++ read.
      for (const std::string compiler : {"g++", "clang++"})
        if (has_tool(compiler))
          check(stem, "plain() { " + compiler +
                          " -fdirectives-only -E -P -trigraphs -x c++ \"$1\" 2>&1 | grep -v '^#define "
                          "__\\|^# '; }; " +
                          compare + "same"),
              ++checked;
    } else {
      EXPECT_TRUE(stem.ends_with("latex")) << stem << ": say how its comments are told from the rest";
      check(stem, "plain() { tr '\\r' '\\n' < \"$1\" | grep -v '^%'; }; " + compare + "same"), ++checked;
    }
  }
  EXPECT_GE(checked, 1);
  EXPECT_FALSE(folder.has("PWNED"));
}

TEST(Code, OfEveryLanguageIsUtf8OfVisibleCharacters) {
  int checked = 0;
  for (const Lab* lab : labs())
    for (const CodeType& type : lab->code_types())
      for (const std::string& nasty : nasty_bytes()) {
        const std::string code = lab->code(type.id, *titled(lab->id(), nasty));
        for (const std::string& line : lines_of(code)) EXPECT_EQ(one_line(line), line) << type.id;
        ++checked;
      }
  EXPECT_GE(checked, 4 * 30);
}

// The one C++ file that is really compiled; the test above says that all others are the same program.
TEST(Code, InCppCompilesAndInPythonIsImported) {
  const Folder folder;
  const auto snapshot = titled("activation", nasty_strings()[0]);
  const Lab& lab = *find_lab("activation");
  folder.write("a.cpp", lab.code("cpp", *snapshot));
  for (const std::string compiler : {"g++", "clang++"})
    if (has_tool(compiler)) {
      EXPECT_EQ(shell(folder, compiler + " -std=c++17 -Wall -Wextra -fsyntax-only a.cpp").code, 0)
          << compiler;
    }
  if (!has_tool("python3")) GTEST_SKIP() << "no python3";
  // Importing runs what is not inside a function; the libraries themselves are not needed for that.
  folder.write("numpy.py", "");
  folder.write("torch.py", "");
  for (std::size_t i = 0; i < nasty_strings().size(); ++i) {
    const auto named = titled("activation", nasty_strings()[i]);
    folder.write("n" + std::to_string(i) + ".py", lab.code("numpy", *named));
    folder.write("t" + std::to_string(i) + ".py", lab.code("pytorch", *named));
  }
  const std::string all = std::to_string(nasty_strings().size());
  const Outcome outcome =
      shell(folder, "python3 -c 'import importlib\nfor i in range(" + all +
                        "):\n  for k in \"nt\": importlib.import_module(k + str(i)).activation'");
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_FALSE(folder.has("PWNED"));
}

// What tex_escaped may write: characters without a meaning, escaped ones, and mathematics of ours.
TEST(Tex, NoCharacterWithAMeaningSurvives) {
  const std::regex harmless(
      R"re((?:[^\\$&%#_{}^~<>|"\x00-\x1f\x7f]|\\[&%$#_{}]|\\[\^~]\{\}|\\textbackslash\{\}|\{\}|\$[-<>|']\$|\$\^2\$|\$\\(?:[A-Za-z]+|tfrac12|\|) \$)*)re");
  for (const std::string& nasty : nasty_bytes()) {
    const std::string tex = tex_escaped(nasty);
    EXPECT_TRUE(std::regex_match(tex, harmless)) << tex;
    EXPECT_EQ(invalid_utf8(tex), tex.size());
  }
  EXPECT_EQ(tex_escaped("a--b---c, ?`"), "a-{}-b-{}-{}-c, ?{}`");
  EXPECT_EQ(tex_escaped("Costs $5 to $10"), "Costs \\$5 to \\$10");
  EXPECT_EQ(tex_escaped("a\nb\rc\xff"), "a b c?");
}

// The text and attributes of XML, read back by hand: nothing but the five entities and characters XML may
// hold.
std::string xml_read(const std::string& text) {
  static const std::map<std::string, std::string> entities = {
      {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}};
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '&') {
      EXPECT_EQ(std::string_view("<>\"'").find(text[i]), std::string_view::npos) << text;
      out += text[i++];
      continue;
    }
    const std::string entity = text.substr(i, text.find(';', i) + 1 - i);
    EXPECT_EQ(entities.count(entity), 1u) << entity;
    out += entities.at(entity);
    i += entity.size();
  }
  return out;
}

TEST(Xml, HoldsEveryText) {
  for (const std::string& nasty : nasty_bytes()) {
    const std::string read = xml_read(xml_escaped(nasty));
    EXPECT_EQ(one_line(read), one_line(nasty));
    for (const char c : read) EXPECT_TRUE(c < 0 || c >= 0x20 || c == '\n' || c == '\t');
    EXPECT_EQ(read.find("\uFFFE"), std::string::npos);
  }
}

TEST(Csv, FieldsReadBack) {
  for (const std::string& nasty : nasty_strings()) {
    const std::string field = csv_field(nasty);
    if (field == nasty) {
      EXPECT_EQ(nasty.find_first_of(",\"\r\n"), std::string::npos);
      continue;
    }
    ASSERT_TRUE(field.size() >= 2 && field.front() == '"' && field.back() == '"');
    std::string read;
    for (std::size_t i = 1; i + 1 < field.size(); ++i) {
      if (field[i] == '"') {
        ++i;
        ASSERT_TRUE(i + 1 < field.size() && field[i] == '"');
      }
      read += field[i];
    }
    EXPECT_EQ(read, nasty);
  }
}

// --- figures of every lab, called by each title, in every format ---

void expect_svg(const Folder& folder, const std::string& svg, const std::string& title) {
  const std::size_t begin = svg.find("<desc>") + 6;
  const std::string caption = xml_read(svg.substr(begin, svg.find("</desc>") - begin));
  EXPECT_TRUE(caption.starts_with(one_line(title) + ", step ")) << caption;
  EXPECT_EQ(svg.find("<script"), std::string::npos);
  if (!has_tool("xmllint")) return;
  folder.write("f.svg", svg);
  const Outcome read = shell(folder, "xmllint --noout --nonet f.svg");
  EXPECT_EQ(read.code, 0) << title << ": " << read.err;
}

void expect_pdf(const Folder& folder, const std::string& pdf, const std::string& title) {
  EXPECT_TRUE(pdf.starts_with("%PDF"));
  if (!has_tool("pdftotext")) return;
  folder.write("f.pdf", pdf);
  const Outcome read = shell(folder, "pdftotext -enc UTF-8 f.pdf - && pdfinfo f.pdf");
  EXPECT_EQ(read.code, 0) << title << ": " << read.err;
  EXPECT_NE(read.out.find(", step "), std::string::npos);
}

void expect_png(const std::string& png, const std::string& title) {
  const std::size_t at = png.find(std::string("Description\0", 12));
  ASSERT_NE(at, std::string::npos);
  EXPECT_NE(png.find(one_line(title) + ", step ", at), std::string::npos) << title;
}

void expect_tex(const std::string& tex, const std::string& title) {
  EXPECT_NE(tex.find("{" + tex_escaped(title) + ", step "), std::string::npos) << title;
  for (const std::string& line : lines_of(tex)) EXPECT_EQ(one_line(line), line);
  for (const char* bad : {"\\immediate", "\\input", "\\openin", "\\catcode", "\\def"})
    EXPECT_EQ(tex.find(bad), std::string::npos) << bad;
}

TEST(Figures, OfEveryLabHoldEveryTitleAsWords) {
  const Folder folder;
  ExportOptions options;
  options.dpi = 40;
  options.metadata = "iem1:AbC_-9";
  int checked = 0;
  for (const Lab* lab : labs()) {
    for (const std::string& nasty : nasty_bytes()) {
      const auto snapshot = titled(lab->id(), nasty);
      const std::string id = lab->figures()[static_cast<std::size_t>(checked) % lab->figures().size()].id;
      SCOPED_TRACE(id);
      const Figure figure = lab->figure(id, *snapshot, {snapshot->config(), {}, {}});
      const std::string svg = figure_as_svg(figure, options);
      expect_svg(folder, svg, nasty);
      expect_pdf(folder, figure_as_pdf(figure, options), nasty);
      expect_png(figure_as_png(figure, options), nasty);
      expect_tex(figure_as_tex(figure, options), nasty);
      for (const CaptionPart& part : caption_parts(figure.caption))
        EXPECT_TRUE(!part.tex || nasty.find(part.text) == std::string::npos) << part.text;
      // What a title says of a state string is not the figure's own.
      EXPECT_EQ(find_state_string(svg), options.metadata);
      EXPECT_EQ(find_state_string(figure_as_png(figure, options)), options.metadata);
      EXPECT_EQ(find_state_string(figure_as_pdf(figure, options)), options.metadata);
      ++checked;
    }
  }
  EXPECT_EQ(checked, static_cast<int>(labs().size() * nasty_bytes().size()));
}

// All figures there are: their own captions are words and mathematics, with no escape left over.
TEST(Figures, OfEverySceneHaveACaptionThatReads) {
  int checked = 0;
  for (const Lab* lab : labs()) {
    const auto snapshot = titled(lab->id(), "Costs $5 to $10");
    for (const FigureType& type : lab->figures()) {
      const Figure figure = lab->figure(type.id, *snapshot, {snapshot->config(), {}, {}});
      if (figure.caption.empty()) continue;
      const auto parts = caption_parts(figure.caption);
      EXPECT_FALSE(parts[0].tex) << type.id;
      EXPECT_TRUE(parts[0].text.starts_with("Costs $5 to $10, step 0")) << parts[0].text;
      for (const CaptionPart& part : parts)
        EXPECT_TRUE(part.tex || part.text.find('\\') == std::string::npos) << type.id << ": " << part.text;
      ++checked;
    }
  }
  EXPECT_GT(checked, 20);
}

}  // namespace
}  // namespace iem::test
