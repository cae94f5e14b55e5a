package io.signalbox.console.shell;

/** Makes one screen, the first time someone opens it. */
@FunctionalInterface
public interface ScreenFactory {

    Screen create(ShellContext shell);
}
