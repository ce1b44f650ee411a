// Values a mixture cannot live with: refused before anything runs, in one line that names place and key.
#include "core/run/run.h"
#include "core/session/scene_file.h"
#include "tests/core/error_of.h"
#include "tests/core/support.h"

namespace iem {
namespace {

struct Refusal {
  std::string toml;               // after format and lab
  std::vector<std::string> says;  // all of these
};

// The keys of two full components, to be completed or contradicted.
const std::string kTwo = "[model]\ncomponents = 2\ninit = \"explicit\"\nmeans = [[0.0, 0.0], [1.0, 1.0]]\n";

std::vector<Refusal> refusals() {
  return {
      {"[model]\nenergy = \"student_t\"\nnu = 0.0\n", {":5:", "model.nu", "greater than 0"}},
      {"[model]\nenergy = \"student_t\"\nnu = -1.0\n", {":5:", "model.nu", "greater than 0"}},
      {"[model]\nenergy = \"huber\"\nhuber_c = 0\n", {":5:", "model.huber_c", "greater than 0"}},
      {"[model]\nenergy = \"cosine\"\nkappa = 0.0\n", {":5:", "model.kappa", "greater than 0"}},
      {"[model]\ntemperature = 0.0\n", {":4:", "model.temperature", "greater than 0"}},
      {"[model]\ntemperature = inf\n", {":4:", "model.temperature", "finite"}},
      {"[optimizer]\nlearning_rate = nan\n", {":4:", "optimizer.learning_rate", "finite"}},
      {"[optimizer]\nlearning_rate = inf\n", {":4:", "optimizer.learning_rate", "finite"}},
      {"[optimizer]\nmethod = \"adam\"\nlearning_rate = -inf\n",
       {":5:", "optimizer.learning_rate", "finite"}},
      {"[data]\ncount = 5\n[model]\ncomponents = 6\n", {":6:", "model.components", "only 5 points"}},
      {"[data]\nheld_out = 0.95\n", {":4:", "data.held_out", "0.9"}},
      {"[data]\nheld_out = -0.1\n", {":4:", "data.held_out", "0"}},
      {"[data]\nsource = \"inline\"\npoints = [[1.0, 1.0], [1.0, 1.0], [2.0, 2.0], [2.0, 2.0]]\n[model]\n"
       "components = 3\n",
       {":7:", "model.components", "only 2 distinct points"}},
      {kTwo + "covariances = [[[1.0, 2.0], [2.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]]]\n",
       {":7:", "model.covariances", "the matrix of component 1 is not positive definite"}},
      {kTwo + "covariances = [[[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [0.0, 0.0]]]\n",
       {":7:", "the matrix of component 2 is not positive definite"}},
      {kTwo + "covariances = [[[1.0, 0.5], [0.4, 1.0]], [[1.0, 0.0], [0.0, 1.0]]]\n",
       {":7:", "the matrix of component 1 is not symmetric"}},
      {kTwo + "covariance = \"diag\"\ncovariances = [[[1.0, 0.1], [0.1, 1.0]], [[1.0, 0.0], [0.0, 1.0]]]\n",
       {":8:", "not diag"}},
      {kTwo + "weights = [1.0, 0.0]\n", {":7:", "model.weights", "greater than 0"}},
      {kTwo + "weights = [1.0]\n", {":7:", "model.weights"}},
      {"[model]\nobjective = \"correntropy\"\n[optimizer]\nmethod = \"em\"\n",
       {":6:", "optimizer.method", "no responsibilities"}},
      {"[model]\nobjective = \"correntropy\"\nenergy = \"huber\"\n", {":4:", "model.objective", "gaussian"}},
      {"[model]\nobjective = \"correntropy\"\ncorrentropy_scale = 0.0\n", {":5:", "greater than 0"}},
      {"[model]\nresponsibility = \"softmin\"\n", {":4:", "softmax, sparsemax, entmax15"}},
      {"[model]\nenergy = \"cosine\"\ncovariance = \"full\"\n", {":5:", "model.covariance", "choose fixed"}},
      {"[model]\nenergy = \"cosine\"\n", {":4:", "model.energy", "choose fixed for model.covariance"}},
      {"[view]\nlandscape_x = \"mean 1\"\n", {":4:", "view.landscape_x", "must name an entry"}},
      {"[optimizer]\nmethod = \"sgd\"\nbatch_size = 0\n", {":5:", "optimizer.batch_size"}},
      {"[optimizer]\nmethod = \"gd_to_em\"\nblend = 1.5\n", {":5:", "optimizer.blend"}},
      {"[optimizer]\nmethod = \"em\"\nreg_covar = -1e-6\n", {":5:", "optimizer.reg_covar"}},
  };
}

TEST(MixtureRefusals, NameTheLineTheKeyAndWhatIsAllowed) {
  for (const Refusal& refusal : refusals()) {
    const std::string message = error_of([&] {
      iem::Run run(parse_scene("format = 1\nlab = \"mixture\"\n" + refusal.toml, "bad.toml"),
                   testing::pool());
    });
    EXPECT_TRUE(message.starts_with("bad.toml:")) << refusal.toml << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    for (const std::string& part : refusal.says)
      EXPECT_NE(message.find(part), std::string::npos) << refusal.toml << message << " lacks " << part;
  }
}

// The same sentences on the way: a refused edit changes nothing.
TEST(MixtureRefusals, HoldForEditsToo) {
  iem::Run run(testing::mixture_scene("[optimizer]\nmethod = \"em\"\n"), testing::pool());
  run.seek(3);
  const auto hash = run.state().hash();
  const std::vector<std::pair<Edit, std::string>> bad = {
      {{"model.components", std::int64_t{500}}, "model.components"},
      {{"model.energy", std::string("cosine")}, "model.covariance"},
      {{"model.objective", std::string("sigmoid")}, "no responsibilities"},
      {{"model.volume_term", false}, "volume"},
      {{"state.covariances", Tensor{{3, 2, 2}, {1, 2, 2, 1, 1, 0, 0, 1, 1, 0, 0, 1}}}, "positive definite"},
      {{"state.means", Tensor{{3, 2}, {0, 0, std::nan(""), 0, 0, 0}}}, "finite"},
  };
  for (const auto& [edit, says] : bad) {
    const std::string message = error_of([&] { run.apply(edit); });
    EXPECT_NE(message.find(says), std::string::npos) << edit.key << ": " << message;
    EXPECT_EQ(run.state().hash(), hash) << edit.key;
    EXPECT_TRUE(run.edits().empty());
  }
}

}  // namespace
}  // namespace iem
