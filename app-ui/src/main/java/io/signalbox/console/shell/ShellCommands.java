package io.signalbox.console.shell;

import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Appearance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** The commands of the shell itself, and the search over everyone's. */
final class ShellCommands implements CommandSource {

    private final List<Command> own;

    ShellCommands(
            Texts texts, Set<ScreenId> screens, Appearance appearance, Consumer<ScreenId> open, Runnable shortcuts) {
        List<Command> commands = new ArrayList<>();
        for (ScreenId screen : ScreenId.values()) {
            if (screens.contains(screen)) {
                commands.add(new Command(
                        texts.get("command.open", texts.get(screen.titleKey())),
                        "g " + screen.key().toLowerCase(Locale.ROOT),
                        () -> open.accept(screen)));
            }
        }
        commands.add(new Command(texts.get("command.theme"), "", appearance::toggleTheme));
        commands.add(new Command(texts.get("command.larger"), "", () -> resize(appearance, 10)));
        commands.add(new Command(texts.get("command.smaller"), "", () -> resize(appearance, -10)));
        commands.add(new Command(texts.get("command.keys"), "?", shortcuts));
        own = List.copyOf(commands);
    }

    @Override
    public List<Command> commands(String query) {
        return own;
    }

    /** What matches a query among all sources' commands, those that begin with it first. */
    static List<Command> find(List<CommandSource> sources, String query) {
        String start = query.strip().toLowerCase(Locale.ROOT);
        return sources.stream()
                .flatMap(source -> source.commands(query).stream())
                .filter(command -> command.matches(query))
                .sorted(Comparator.comparing(
                        command -> !command.title().toLowerCase(Locale.ROOT).startsWith(start)))
                .toList();
    }

    private static void resize(Appearance appearance, int by) {
        appearance.sizePercentProperty().set(appearance.sizePercentProperty().get() + by);
    }
}
