package io.signalbox.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad code, compiled with the very arguments that the parent POM gives the compiler. */
final class CompilerChecksTest {

    @TempDir
    private Path folder;

    @Test
    void dereferencingWhatMayBeNullIsAnError() throws Exception {
        var report = compile("int lengthOf(@Nullable String text) { return text.length(); }");

        assertThat(report).contains("error: [NullAway] dereferenced expression 'text' is @Nullable");
    }

    @Test
    void ignoringAResultIsAnError() throws Exception {
        var report = compile("void drop(@Nullable String text) { if (text != null) { text.trim(); } }");

        assertThat(report).contains("error: [ReturnValueIgnored]");
    }

    @Test
    void aWarningFailsTheBuild() throws Exception {
        var report = compile("int sizeOf(@Nullable List names) { return names == null ? 0 : names.size(); }");

        assertThat(report).contains("warning: [rawtypes]", "error: warnings found and -Werror specified");
    }

    /** What the compiler says about a class with this member. Fails if it says nothing. */
    private String compile(String member) throws Exception {
        var source = Files.writeString(folder.resolve("Bad.java"), """
            package io.signalbox.bad;

            import java.util.List;
            import org.jspecify.annotations.NullMarked;
            import org.jspecify.annotations.Nullable;

            @NullMarked
            class Bad {
                %s
                List<String> names = List.of();
            }
            """.formatted(member));
        var output = folder.resolve("javac.txt");
        var compiler = new ProcessBuilder(commandFor(source))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(compiler.waitFor(60, TimeUnit.SECONDS)).as("javac ends").isTrue();
        assertThat(compiler.exitValue()).as("exit status of javac").isEqualTo(1);
        return Files.readString(output);
    }

    private List<String> commandFor(Path source) throws Exception {
        var classPath = System.getProperty("java.class.path");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
        command.add("-J-XX:TieredStopAtLevel=1");
        command.addAll(compilerArguments());
        command.addAll(List.of("-processorpath", classPath, "-classpath", classPath));
        command.addAll(List.of("-d", folder.toString(), source.toString()));
        return command;
    }

    private static List<String> compilerArguments() throws Exception {
        var pom = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(SourceTree.ofThisBuild().root().resolve("pom.xml").toFile());
        var nodes = pom.getElementsByTagName("arg");
        var arguments = new ArrayList<String>();
        for (int i = 0; i < nodes.getLength(); i++) {
            arguments.add(nodes.item(i).getTextContent());
        }
        if (arguments.isEmpty()) {
            throw new IOException("pom.xml: no <arg> (expected: the compiler's arguments)");
        }
        return arguments;
    }
}
