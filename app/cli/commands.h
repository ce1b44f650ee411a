// The subcommands, each a function of its parsed options.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/cli.h"
#include "app/export/furnish/furniture_options.h"
#include "core/run/run.h"

namespace iem {
class Lab;
}

namespace iem::cli {

// A file, and the option or other words for it in messages: "--trace", "the scene".
struct NamedFile {
  std::string what, file;
  bool is_folder = false;  // everything in it is written
};

// The options of every command that steps a scene.
struct SceneOptions {
  std::string scene;                            // built-in, .toml, session, state string or exported figure
  std::vector<std::string> set;                 // key.path=VALUE
  std::optional<std::int64_t> seed, seed_init;  // of everything; of the start alone
  bool refuse_idle =
      true;         // a key in `set` that another switches off; a sweep looks at all settings together
  int threads = 0;  // 0: all
  std::string isa;  // empty: the best
};

// The frames of animations.
struct FilmOptions {
  std::optional<std::int64_t> every;  // steps between two; none: so many that some 200 frames come
  double fps = 25;
  std::string pace = "steps";  // steps | change
};

struct RunOptions : SceneOptions, FilmOptions {
  std::optional<std::int64_t> steps;
  std::vector<std::string> at;  // STEP:key.path=VALUE
  std::string trace, state, session;
  std::vector<std::string> dumps, figures, codes, animations;
  double width_cm = 17, height_cm = 0;
  std::optional<double> dpi;  // none: 300, and of animations what makes them 800 pixels wide
  std::string theme = "light", tex = "document", svg_text = "outlines";
  GivenFurniture furniture;  // of figures, over what the scene says in [paper]
  bool transparent = false, quiet = false, json = false;
};

struct ListOptions {
  std::string what, lab, gallery;
  bool json = false;
};

struct CheckOptions : SceneOptions {
  std::int64_t steps = 50;
  bool json = false;
};

struct SweepOptions : SceneOptions {  // `set` holds several values a key
  std::optional<std::int64_t> steps;
  std::string seeds, table;     // "A..B" or empty: the scene's own; .csv or .tex
  std::string start_seeds;      // "S", "A..B" or empty: follow from the seeds
  std::optional<double> reach;  // a column with the first step whose loss is no greater
  bool quiet = false;
};

struct CompareOptions : RunOptions {
  std::vector<std::string> runs;   // "KEY=VALUE,..." each; none: what the scene compares
  std::string seeds, start_seeds;  // "A..B" or empty; "S", "A..B" or empty
  std::string table;               // .csv or .tex
  std::string band = "deviation";  // deviation | quartiles
  bool lines = false;              // of every draw
};

struct PageOptions : FilmOptions {
  std::string page, output, animate;               // a page file; what is made of it
  std::optional<double> width_cm, height_cm, dpi;  // over what the page says, as all below
  std::optional<std::string> theme;
  std::string svg_text = "outlines";
  GivenFurniture furniture;
  int threads = 0;
  bool transparent = false, quiet = false;
};

struct AtlasOptions : RunOptions {              // `steps` are those of each start
  std::optional<std::int64_t> prototype, size;  // from 1; places along an axis; none: what the view says
  std::string over;                             // KEY=A..B of a film; empty: none
  int frames = 60;
};

struct LessonOptions {
  std::string lesson;  // a path or the name of a built-in one
  bool check = false, text = false, notes = false, key = false;
  std::string handout;             // a pdf
  std::string paper;               // of the handout: a4 | letter; empty: a4
  std::vector<std::string> grade;  // sessions
  std::string table;               // the csv of --grade; empty: a table on standard output
};

// Opens a run: a scene (built-in or file) with --set and --seed at its start, or a session at its step, whose
// replay shows its progress on a terminal.
Run open_run(const SceneOptions& options, bool show_progress = false);
Scene open_scene(const SceneOptions& options);
// The settings of `options` as edits of a saved run, where it is.
void apply_said(Run& run, const SceneOptions& options);
// Prints the notes about the points on standard error (the columns taken, rows left out), each once.
void say_notes(const Run& run);
// Throws InputError where one of `keys`, said over a scene and now in `config`, has no effect there. Keys of
// the scene may lose their effect by it: --set optimizer.method=em keeps the scene's learning rate without
// using it.
void check_said(const Config& config, const std::vector<std::string>& keys);
// Throws InputError for --seed-init where the start is given.
void require_drawn_start(const Config& config);

// For a catch block: prints the present exception in one line on standard error and returns its exit code.
int say_caught();

int run_command(const RunOptions& options);
int check_command(const CheckOptions& options, const WindowHooks& hooks);
int lesson_command(const LessonOptions& options, const WindowHooks& hooks);
int list_command(const ListOptions& options);
int gallery_command(const ListOptions& options);
// The labs that --lab names; all without it.
std::vector<const Lab*> chosen_labs(const std::string& id);
// The words that `iemlab list` takes: "labs", "energies", ...
std::vector<std::string> list_words();
int sweep_command(const SweepOptions& options);
int compare_command(const CompareOptions& options);
int page_command(const PageOptions& options);
int atlas_command(const AtlasOptions& options);

}  // namespace iem::cli
