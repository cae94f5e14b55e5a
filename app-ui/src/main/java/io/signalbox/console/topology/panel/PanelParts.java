package io.signalbox.console.topology.panel;

import io.signalbox.console.control.Commands;
import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.topology.state.EventWatch;
import io.signalbox.console.topology.state.PolicyWatch;
import io.signalbox.console.topology.state.TopologyViewModel;
import io.signalbox.console.widget.Overlays;

/**
 * What the panel is put together from.
 *
 * @param operator in whose name changes are made
 */
public record PanelParts(
        TopologyViewModel viewModel,
        EventWatch events,
        PolicyWatch policies,
        Commands commands,
        Overlays overlays,
        Texts texts,
        Formats formats,
        String operator) {}
