// Attention against a second writing of it with dual numbers, and what must hold whatever the numbers.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "core/data/source.h"
#include "core/kernel/pass.h"
#include "core/labs/attention/model/attention.h"
#include "core/math/dual.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using testing::close;
using testing::same_bits;

struct AttentionCase {
  const char* name;
  bool direct, causal;
  AttentionTask task;
  Eigen::Index queries, keys, token_width, key_width, value_width, classes;
};

const AttentionCase kCases[] = {
    {"direct regression", true, false, AttentionTask::regression, 9, 9, 0, 2, 2, 0},
    {"fewer queries than keys", true, false, AttentionTask::regression, 4, 5, 0, 2, 2, 0},
    {"direct classification", true, true, AttentionTask::classification, 11, 11, 0, 3, 2, 4},
    {"projected regression", false, true, AttentionTask::regression, 21, 21, 3, 2, 4, 0},
    {"projected classification", false, false, AttentionTask::classification, 17, 17, 4, 2, 3, 5},
    {"as wide as the chain", false, true, AttentionTask::classification, 37, 37, 20, 10, 15, 8},
    {"one token", false, true, AttentionTask::classification, 1, 1, 3, 2, 2, 3},
    {"more than a tile of keys", true, true, AttentionTask::regression, 300, 300, 0, 2, 2, 0},
};

Eigen::MatrixXd normals(Eigen::Index rows, Eigen::Index columns, Random& random) {
  Eigen::MatrixXd out(rows, columns);
  for (double& x : out.reshaped()) x = random.normal();
  return out;
}

struct Toy {
  explicit Toy(const AttentionCase& c, std::uint64_t seed = 1)
      : random(seed),
        data(make_data(c, random)),
        model(options(c), data) {
    theta.resize(model.layout().size());
    for (double& x : theta) x = random.normal();
  }
  static Dataset make_data(const AttentionCase& c, Random& random) {
    Dataset data;
    data.points = normals(c.queries, c.token_width, random);
    if (c.task == AttentionTask::regression) {
      data.targets = normals(c.queries, c.value_width, random);
    } else {
      data.labels.resize(c.queries);
      for (int& label : data.labels) label = static_cast<int>(random.below(c.classes));
    }
    return data;
  }
  static AttentionOptions options(const AttentionCase& c) {
    AttentionOptions o;
    o.direct = c.direct;
    o.task = c.task;
    o.keys = c.keys;
    o.key_width = c.key_width;
    o.value_width = c.value_width;
    o.classes = c.classes;
    o.causal = c.causal;
    o.learn = {"queries", "keys", "values", "W_Q", "W_K", "W_V", "W_O"};
    return o;
  }
  Evaluation evaluate(double tau = 1, int threads = 1) const {
    ThreadPool pool(threads);
    Evaluation out;
    model.evaluate(theta, tau, data, {}, Wanted::sums, pool, out);
    return out;
  }
  Random random;
  Dataset data;
  Attention model;
  Theta theta;
};

// J with its derivative along one entry of theta, from the definitions alone.
Dual objective(const Toy& toy, Eigen::Index direction, double tau) {
  const AttentionOptions& o = toy.model.options();
  using Row = std::vector<Dual>;
  using Rows = std::vector<Row>;
  const auto block = [&](const char* name) {
    const Block& b = toy.model.layout().block(name);
    Rows out(static_cast<std::size_t>(b.rows), Row(static_cast<std::size_t>(b.columns)));
    for (Eigen::Index i = 0; i < b.rows; ++i)
      for (Eigen::Index j = 0; j < b.columns; ++j) {
        const Eigen::Index at = b.offset + i * b.columns + j;
        out[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)] = {toy.theta[at],
                                                                         at == direction ? 1.0 : 0.0};
      }
    return out;
  };
  const auto product = [](const Row& x, const Rows& w) {
    Row out(w[0].size());
    for (std::size_t a = 0; a < x.size(); ++a)
      for (std::size_t d = 0; d < out.size(); ++d) out[d] = out[d] + x[a] * w[a][d];
    return out;
  };
  const auto side = [&](const char* direct, const char* projected) {
    if (o.direct) return block(direct);
    const Rows w = block(projected);
    Rows out;
    for (Eigen::Index i = 0; i < toy.data.size(); ++i) {
      Row x;
      for (Eigen::Index a = 0; a < toy.data.points.cols(); ++a) x.push_back({toy.data.points(i, a), 0});
      out.push_back(product(x, w));
    }
    return out;
  };
  const auto log_sum = [](const Row& x) {
    double top = x[0].v;
    for (const Dual& v : x) top = std::max(top, v.v);
    Dual z;
    for (const Dual& v : x) z = z + simd::exp(v - top);
    return simd::log(z) + top;
  };
  const Rows queries = side("queries", "W_Q"), keys = side("keys", "W_K"), values = side("values", "W_V");
  Dual total;
  for (std::size_t i = 0; i < queries.size(); ++i) {
    const std::size_t seen = o.causal ? i + 1 : keys.size();
    Row s(seen);
    for (std::size_t j = 0; j < seen; ++j) {
      for (std::size_t d = 0; d < keys[j].size(); ++d) s[j] = s[j] + queries[i][d] * keys[j][d];
      s[j] = s[j] / (std::sqrt(static_cast<double>(o.key_width)) * tau);
    }
    const Dual log_z = log_sum(s);
    Row out(values[0].size());
    for (std::size_t j = 0; j < seen; ++j)
      for (std::size_t d = 0; d < out.size(); ++d) out[d] = out[d] + simd::exp(s[j] - log_z) * values[j][d];
    const auto row = static_cast<Eigen::Index>(i);
    if (o.task == AttentionTask::regression) {
      for (std::size_t d = 0; d < out.size(); ++d) {
        const Dual off = out[d] - toy.data.targets(row, static_cast<Eigen::Index>(d));
        total = total + off * off * 0.5;
      }
    } else {
      const Row logits = product(out, block("W_O"));
      total = total + log_sum(logits) - logits[static_cast<std::size_t>(toy.data.labels[row])];
    }
  }
  return total / static_cast<double>(queries.size());
}

TEST(Attention, LossAndEveryGradientAreThoseOfDualNumbers) {
  for (const AttentionCase& c : kCases) {
    SCOPED_TRACE(c.name);
    const Toy toy(c);
    for (const double tau : {1.0, 0.4}) {
      const Evaluation e = toy.evaluate(tau);
      EXPECT_NEAR(e.loss, objective(toy, -1, tau).v, 1e-12 * std::max(1.0, e.loss));
      const Eigen::Index most = 400, stride = std::max<Eigen::Index>(1, toy.theta.size() / most);
      for (Eigen::Index k = 0; k < toy.theta.size(); k += stride)
        ASSERT_NEAR(e.gradient[k], objective(toy, k, tau).d, 1e-11) << "entry " << k << ", tau " << tau;
    }
  }
}

TEST(Attention, HasTheSameBitsForAnyNumberOfThreads) {
  const Toy toy(kCases[7]);
  const Evaluation one = toy.evaluate(1, 1), three = toy.evaluate(1, 3);
  EXPECT_EQ(one.loss, three.loss);
  EXPECT_TRUE(same_bits(one.gradient, three.gradient));
}

TEST(Attention, HasTheSameBitsOnEveryInstructionSet) {
  for (const AttentionCase& c : kCases) {
    SCOPED_TRACE(c.name);
    const Toy toy(c);
    const std::string active = kernel::isa_name(kernel::active_isa());
    const Evaluation best = toy.evaluate();
    for (const char* isa : {"sse2", "generic", "avx2", "avx512"}) {
      if (!kernel::set_active_isa(isa)) continue;
      const Evaluation other = toy.evaluate();
      EXPECT_EQ(best.loss, other.loss) << isa;
      EXPECT_TRUE(same_bits(best.gradient, other.gradient)) << isa;
      EXPECT_TRUE(same_bits(best.log_sums, other.log_sums)) << isa;
    }
    ASSERT_TRUE(kernel::set_active_isa(active.c_str()));
  }
}

TEST(Attention, RowsAgreeWithTheKernel) {
  for (const AttentionCase& c : kCases) {
    SCOPED_TRACE(c.name);
    const Toy toy(c);
    std::vector<Eigen::Index> all(static_cast<std::size_t>(c.queries));
    std::iota(all.begin(), all.end(), 0);
    const AttentionRows rows = toy.model.rows(toy.theta, 1, toy.data, all);
    EXPECT_TRUE(close(rows.attention.rowwise().sum(), Eigen::VectorXd::Ones(c.queries), 1e-14));
    EXPECT_TRUE(close(rows.score_gradient.rowwise().sum(), Eigen::VectorXd::Zero(c.queries), 1e-14));
    const Evaluation e = toy.evaluate();
    Eigen::VectorXd log_sums(c.queries);
    for (Eigen::Index i = 0; i < c.queries; ++i) {
      const Eigen::Index seen = toy.model.visible(i);
      log_sums[i] = std::log(rows.scores.row(i).head(seen).array().exp().sum());
      EXPECT_EQ(rows.attention.row(i).tail(c.keys - seen).cwiseAbs().sum(), 0) << "masked";
    }
    EXPECT_TRUE(close(e.top_scores + e.log_sums, log_sums, 1e-13));
    if (!c.direct) continue;
    const Block& b = toy.model.layout().block("values");
    const Eigen::MatrixXd law = (rows.attention.transpose() * rows.errors).transpose();
    EXPECT_TRUE(close(e.gradient.segment(b.offset, b.size()), law.reshaped(), 1e-12)) << "the value law";
  }
}

TEST(Attention, PermutingTokensPermutesEverything) {
  const Toy toy(kCases[4]);
  std::vector<Eigen::Index> order(static_cast<std::size_t>(toy.data.size()));
  std::iota(order.begin(), order.end(), 0);
  std::rotate(order.begin(), order.begin() + 5, order.end());
  std::swap(order[2], order[9]);
  Toy other(kCases[4]);
  for (std::size_t i = 0; i < order.size(); ++i) {
    other.data.points.row(static_cast<Eigen::Index>(i)) = toy.data.points.row(order[i]);
    other.data.labels[static_cast<Eigen::Index>(i)] = toy.data.labels[order[i]];
  }
  const Evaluation a = toy.evaluate(), b = other.evaluate();
  EXPECT_NEAR(a.loss, b.loss, 1e-13);
  EXPECT_TRUE(close(a.gradient, b.gradient, 1e-12));
  for (std::size_t i = 0; i < order.size(); ++i)
    EXPECT_NEAR(b.log_sums[static_cast<Eigen::Index>(i)], a.log_sums[order[i]], 1e-13);
}

TEST(Attention, EqualKeysShareEquallyAndGiveQueriesNoGradient) {
  Toy toy(kCases[0]);
  const Block& keys = toy.model.layout().block("keys");
  for (Eigen::Index j = 1; j < keys.rows; ++j)
    toy.theta.segment(keys.offset + 2 * j, 2) = toy.theta.segment(keys.offset, 2);
  const AttentionRows rows = toy.model.rows(toy.theta, 1, toy.data, {0, 3});
  EXPECT_TRUE(close(rows.attention, Eigen::MatrixXd::Constant(2, 9, 1.0 / 9), 1e-15));
  const Evaluation e = toy.evaluate();
  EXPECT_LE(e.gradient.head(18).cwiseAbs().maxCoeff(), 1e-16);
  EXPECT_GT(e.gradient.norm(), 1e-3);
}

TEST(Attention, HugeScoresStayFiniteAndPickOneKey) {
  for (const AttentionCase& c : kCases) {
    SCOPED_TRACE(c.name);
    Toy toy(c);
    for (const char* name : {c.direct ? "queries" : "W_Q", c.direct ? "keys" : "W_K"}) {
      const Block& b = toy.model.layout().block(name);
      toy.theta.segment(b.offset, b.size()) *= 1e2;  // scores of 1e4 and more
    }
    const Evaluation e = toy.evaluate();
    EXPECT_TRUE(std::isfinite(e.loss));
    EXPECT_TRUE(e.gradient.allFinite());
    const AttentionRows rows = toy.model.rows(toy.theta, 1, toy.data, {c.queries - 1});
    if (c.keys > 1) {
      EXPECT_GT(rows.scores.cwiseAbs().maxCoeff(), 1e3);
    }
    EXPECT_TRUE(rows.attention.allFinite());
    EXPECT_NEAR(rows.attention.sum(), 1, 1e-14);
  }
}

TEST(Attention, OneTokenAttendsToItself) {
  const Toy toy(kCases[6]);
  const AttentionRows rows = toy.model.rows(toy.theta, 1, toy.data, {0});
  EXPECT_EQ(rows.attention(0, 0), 1);
  const Evaluation e = toy.evaluate();
  const Block& q = toy.model.layout().block("W_Q");
  EXPECT_EQ(e.gradient.segment(q.offset, q.size()).cwiseAbs().maxCoeff(), 0) << "nothing to choose from";
  EXPECT_GT(e.gradient.norm(), 0);
}

TEST(Attention, AMiniBatchHasTheMeanOfItsQueries) {
  const Toy toy(kCases[5]);
  ThreadPool pool(1);
  std::vector<Eigen::Index> all(static_cast<std::size_t>(toy.data.size()));
  std::iota(all.begin(), all.end(), 0);
  const std::vector<Eigen::Index> first(all.begin(), all.begin() + 20), second(all.begin() + 20, all.end());
  Evaluation whole, a, b;
  toy.model.evaluate(toy.theta, 1, toy.data, {}, Wanted::sums, pool, whole);
  toy.model.evaluate(toy.theta, 1, toy.data, first, Wanted::sums, pool, a);
  toy.model.evaluate(toy.theta, 1, toy.data, second, Wanted::sums, pool, b);
  EXPECT_NEAR((20 * a.loss + 17 * b.loss) / 37, whole.loss, 1e-13);
  EXPECT_TRUE(close((20 * a.gradient + 17 * b.gradient) / 37, whole.gradient, 1e-13));
}

TEST(Attention, DriftsAreRelativeChangesOfAttentionAndValues) {
  for (const AttentionCase& c : kCases) {
    SCOPED_TRACE(c.name);
    Toy toy(c);
    const Evaluation before = toy.evaluate();
    const Theta old = toy.theta;
    std::vector<Eigen::Index> all(static_cast<std::size_t>(c.queries));
    std::iota(all.begin(), all.end(), 0);
    const auto attention = [&] { return toy.model.rows(toy.theta, 1, toy.data, all).attention; };
    const Eigen::MatrixXd alpha = attention(), values = toy.model.vectors(toy.theta, toy.data).values;
    for (double& x : toy.theta) x += 0.01 * toy.random.normal();
    ThreadPool pool(1);
    Evaluation after;
    toy.model.evaluate_after({old, 1, before}, toy.theta, 1, toy.data, pool, after);
    const Eigen::MatrixXd now = attention(), values_now = toy.model.vectors(toy.theta, toy.data).values;
    EXPECT_NEAR(after.metrics[2], (now - alpha).norm() / now.norm(), 1e-12);
    EXPECT_NEAR(after.metrics[3], (values_now - values).norm() / values_now.norm(), 1e-12);
    EXPECT_TRUE(same_bits(after.gradient, toy.evaluate().gradient)) << "drifts change nothing else";
  }
}

TEST(Attention, ValueStepSolvesTheNormalEquations) {
  const Toy toy(kCases[1]);
  const Theta best = toy.model.value_step(toy.theta, 1, toy.data, 1e-6);
  Toy moved(kCases[1]);
  moved.theta = best;
  const Evaluation e = moved.evaluate();
  EXPECT_LT(e.loss, toy.evaluate().loss);
  // dJ/dV = alpha^T (alpha V - Y) / T = -ridge V / T at the solution.
  const Block& b = toy.model.layout().block("values");
  EXPECT_TRUE(
      close(e.gradient.segment(b.offset, b.size()), -1e-6 / 4 * best.segment(b.offset, b.size()), 1e-13));
  EXPECT_TRUE(same_bits(best.head(b.offset), toy.theta.head(b.offset))) << "queries and keys stay";
}

}  // namespace
}  // namespace iem
