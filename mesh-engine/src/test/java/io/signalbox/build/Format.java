package io.signalbox.build;

import java.nio.file.Path;

/** Rewrites every Java source of the project in the house format, and names the files it changed. */
final class Format {

    private Format() {}

    public static void main(String[] arguments) {
        var tree = arguments.length == 0 ? SourceTree.ofThisBuild() : new SourceTree(Path.of(arguments[0]));
        var format = new HouseFormat();
        var changed = format.unformatted(tree.javaFiles());
        for (var file : changed) {
            format.rewrite(file);
            System.out.println("formatted " + tree.root().relativize(file));
        }
    }
}
