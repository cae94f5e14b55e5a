package io.signalbox.console.topology.view;

import io.signalbox.console.topology.graph.Found;
import io.signalbox.console.topology.graph.GraphModel;
import io.signalbox.console.topology.graph.Selection;
import io.signalbox.console.topology.layout.GraphLayout;
import io.signalbox.console.topology.paint.GraphScene;
import java.util.Set;

/**
 * What the stage is told to show.
 *
 * @param layout with its columns at their widest; the stage moves them together where there is little room
 */
public record GraphInput(
        GraphModel model,
        GraphLayout layout,
        Selection selection,
        Found found,
        GraphScene.FindMode findMode,
        Set<GraphScene.Extra> show,
        GraphScene.Freshness freshness) {

    public GraphInput {
        show = Set.copyOf(show);
    }
}
