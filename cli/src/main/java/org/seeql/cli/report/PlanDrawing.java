package org.seeql.cli.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.seeql.planner.optimizer.ModelPlan;
import org.seeql.planner.optimizer.PlanNode;
import org.seeql.planner.optimizer.Step;

/**
 * Draws a plan as SVG, from left to right. Each node is a box with its models and their possible
 * answers, the expected fraction of images, and the final answers. Each branch to another node is a
 * line. Colours come from the page, so that the drawing is legible in light and dark mode.
 */
final class PlanDrawing {
  /** Larger plans would be illegible. Their node estimates are only in EXPLAIN. */
  private static final int MAX_NODES = 60;

  private static final int BOX_WIDTH = 250;
  private static final int GAP_ACROSS = 170;
  private static final int GAP_DOWN = 26;
  private static final int LINE = 18;
  private static final int PADDING = 12;
  private static final int LABEL_GAP = 6;
  private static final int LETTERS_IN_BOX = 36;
  private static final int LETTERS_ON_LINE = 22;

  private final List<PlanNode> nodes;
  private final Step root;
  private final int[] depth;
  private final Box[] boxes;
  // the number of drawn branches into each node
  private final int[] arrived;
  private final StringBuilder svg = new StringBuilder();

  private record Box(int x, int y, int height) {}

  private PlanDrawing(ModelPlan plan) {
    this.nodes = plan.outline();
    this.root = plan.root();
    this.depth = new int[nodes.size()];
    this.boxes = new Box[nodes.size()];
    this.arrived = new int[nodes.size()];
  }

  /** The picture. Empty if the plan has no nodes or too many to be legible. */
  static String svg(ModelPlan plan) {
    if (plan.size() == 0 || plan.size() > MAX_NODES) {
      return "";
    }
    return new PlanDrawing(plan).draw();
  }

  private String draw() {
    if (root instanceof Step.Then then) {
      deepen(then.node(), 0);
    }
    int height = place();
    int columns = 1;
    for (int d : depth) {
      columns = Math.max(columns, d + 1);
    }
    int width = columns * BOX_WIDTH + (columns - 1) * GAP_ACROSS + 2;
    svg.append(
        "<svg viewBox=\"-1 -1 %d %d\" width=\"%d\" role=\"img\" aria-label=\"The plan\">"
            .formatted(width, height + 2, width));
    nodes.forEach(this::drawBranches);
    nodes.forEach(this::drawBox);
    return svg.append("</svg>").toString();
  }

  /** Assigns each node to a column: the length of the longest path from the root. */
  private void deepen(int node, int level) {
    if (level > depth.length) {
      throw new IllegalArgumentException("the plan has a cycle through node " + node);
    }
    depth[node] = Math.max(depth[node], level);
    for (PlanNode.PlanBranch branch : nodes.get(node).next()) {
      if (branch.step() instanceof Step.Then then) {
        deepen(then.node(), level + 1);
      }
    }
  }

  /**
   * Places the nodes of a column below each other, in their order. Returns the height of the
   * picture.
   */
  private int place() {
    int[] used = new int[depth.length + 1];
    for (PlanNode node : nodes) {
      int column = depth[node.id()];
      int height = 2 * PADDING + LINE * (2 + node.runs().size() + ends(node).size());
      boxes[node.id()] = new Box(column * (BOX_WIDTH + GAP_ACROSS), used[column], height);
      used[column] += height + GAP_DOWN;
    }
    int most = 0;
    for (int height : used) {
      most = Math.max(most, height - GAP_DOWN);
    }
    return most;
  }

  private static List<PlanNode.PlanBranch> ends(PlanNode node) {
    return node.next().stream().filter(b -> b.step() instanceof Step.Decide).toList();
  }

  private void drawBox(PlanNode node) {
    Box box = boxes[node.id()];
    svg.append(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/>"
            .formatted(box.x(), box.y(), BOX_WIDTH, box.height()));
    int line = 0;
    for (PlanNode.Run run : node.runs()) {
      text(box, line++, "model", run.model() + ": " + String.join(", ", run.classes()));
    }
    text(
        box,
        line++,
        "fact",
        String.format(
            Locale.ROOT, "%.1f %% of images, %.2f ms each", 100 * node.reach(), node.costMillis()));
    line++;
    for (PlanNode.PlanBranch end : ends(node)) {
      boolean found = ((Step.Decide) end.step()).answer();
      text(box, line++, found ? "found" : "dropped", (found ? "✓ " : "✗ ") + when(end));
    }
  }

  private void text(Box box, int line, String css, String text) {
    svg.append(
        "<text class=\"%s\" x=\"%d\" y=\"%d\"><title>%s</title>%s</text>"
            .formatted(
                css,
                box.x() + PADDING,
                box.y() + PADDING + LINE * line + LINE - 5,
                escape(text),
                escape(cut(text, LETTERS_IN_BOX))));
  }

  private void drawBranches(PlanNode node) {
    Box from = boxes[node.id()];
    List<PlanNode.PlanBranch> branches =
        node.next().stream()
            .filter(branch -> branch.step() instanceof Step.Then)
            .sorted(Comparator.comparingInt(branch -> target(branch).y()))
            .toList();
    for (int i = 0; i < branches.size(); i++) {
      Box to = target(branches.get(i));
      int startX = from.x() + BOX_WIDTH;
      int startY = from.y() + from.height() * (i + 1) / (branches.size() + 1);
      int endY = to.y() + PADDING + LINE * ++arrived[((Step.Then) branches.get(i).step()).node()];
      int bend = (to.x() - startX) / 2;
      svg.append(
          "<path d=\"M%d %dC%d %d %d %d %d %d\"/>"
              .formatted(startX, startY, startX + bend, startY, to.x() - bend, endY, to.x(), endY));
      String label = when(branches.get(i));
      svg.append(
          "<text class=\"when\" text-anchor=\"end\" x=\"%d\" y=\"%d\"><title>%s</title>%s</text>"
              .formatted(
                  to.x() - LABEL_GAP,
                  endY - LABEL_GAP,
                  escape(label),
                  escape(cut(label, LETTERS_ON_LINE))));
    }
  }

  private Box target(PlanNode.PlanBranch branch) {
    return boxes[((Step.Then) branch.step()).node()];
  }

  private static String when(PlanNode.PlanBranch branch) {
    return branch.when().isEmpty() ? "always" : branch.when();
  }

  private static String cut(String text, int characters) {
    return text.codePointCount(0, text.length()) <= characters
        ? text
        : text.substring(0, text.offsetByCodePoints(0, characters - 1)) + "…";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
