package io.signalbox.mesh.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What was built, and what it runs on. */
final class BuildVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        Properties build = new Properties();
        try (InputStream in = BuildVersion.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                build.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new String[] {
            "signalbox " + build.getProperty("version", "unknown"),
            "commit " + build.getProperty("commit", "unknown"),
            "java " + Runtime.version() + " (" + System.getProperty("java.vm.vendor") + ")"
        };
    }
}
