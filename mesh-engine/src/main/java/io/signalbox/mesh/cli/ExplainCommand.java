package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.explain.DryDecision;
import io.signalbox.mesh.explain.DryRequest;
import io.signalbox.mesh.explain.ExplainedRequest;
import io.signalbox.mesh.model.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code signalbox explain}: why a request went where it went, or where one would go. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        customSynopsis = {
            "signalbox explain REQUEST-ID [-o FORMAT]",
            "signalbox explain METHOD URL [-H 'NAME: VALUE']... [--source SERVICE] [-o FORMAT]",
            "signalbox explain breaker EDGE [-o FORMAT]"
        },
        description = "Says why a request went where it went, or where one would go; the latter sends nothing.")
final class ExplainCommand extends MeshCommand {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "REQUEST-ID|METHOD",
            description = "The X-Request-ID or the trace id of a request that ended; or a method, such as GET.")
    private String what = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "URL",
            description = "Such as http://catalog/items; its host names the service.")
    private @Nullable String url;

    @Option(names = "-H", paramLabel = "'NAME: VALUE'", description = "A header field; may be repeated.")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = {"--source", "--from"},
            paramLabel = "SERVICE",
            description = "The service that would ask (default: any).")
    private @Nullable String source;

    @Mixin
    private Output output = new Output();

    ExplainCommand(Surroundings surroundings) {
        super(surroundings);
    }

    /** Nothing is demanded of the line itself, since {@code breaker} needs none of it. */
    @Override
    public Integer call() throws Exception {
        InvalidValueException.unless(!what.isEmpty(), "explain", "nothing", "REQUEST-ID, METHOD URL or breaker EDGE");
        return super.call();
    }

    @Override
    int run(MeshConnection mesh) {
        String address = url;
        if (address == null) {
            InvalidValueException.unless(
                    headers.isEmpty() && source == null, "url", "none", "METHOD URL with -H or --source");
            List<ExplainedRequest> hops = mesh.requests().explain(what);
            write(hops, RequestStory.of(hops));
        } else {
            DryDecision decision =
                    mesh.requests().explain(new DryRequest(what.toUpperCase(Locale.ROOT), address, fields(), source));
            write(decision, DryStory.of(decision));
        }
        return ExitStatus.DONE;
    }

    private void write(Object value, List<String> story) {
        switch (output.format()) {
            case TABLE -> story.forEach(this::say);
            case JSON -> say(Json.pretty(value));
            case YAML -> surroundings().out().print(Yaml.text(value));
        }
    }

    private Map<String, String> fields() {
        Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header : headers) {
            int colon = header.indexOf(':');
            InvalidValueException.unless(colon > 0, "-H", header, "'NAME: VALUE'");
            String before = fields.put(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
            InvalidValueException.unless(before == null, "-H", header, "each field once");
        }
        return fields;
    }
}
