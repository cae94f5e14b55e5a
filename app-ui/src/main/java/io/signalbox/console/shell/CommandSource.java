package io.signalbox.console.shell;

import java.util.List;

/** Supplies the palette with commands: those of a screen, of the services, of the mesh. */
@FunctionalInterface
public interface CommandSource {

    /**
     * The commands for what has been typed so far; called on the FX thread at each key, so it must answer at once.
     *
     * @param query the text as typed, maybe empty; a source that parses ("set catalog v2 50") reads it, another may
     *     ignore it: the palette filters by title and hint
     */
    List<Command> commands(String query);
}
