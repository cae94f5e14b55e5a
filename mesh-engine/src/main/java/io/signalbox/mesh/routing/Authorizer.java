package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.Authorization;
import io.signalbox.mesh.model.Authorization.Action;
import io.signalbox.mesh.model.Authorization.Mode;
import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.routing.Reach.Extent;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says who may call one service: any deny rule that holds refuses, else any allow rule that holds lets through, else the
 * default decides. Immutable; conditions are compiled ahead.
 */
public final class Authorizer {

    /** By what some servers take another path than the one that is sent. */
    private static final List<String> REWRITTEN =
            List.of("X-Original-URL", "X-Rewrite-URL", "X_Original_URL", "X_Rewrite_URL");

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");

    private final Authorization authorization;
    private final List<AccessRule> rules;
    private final AccessVerdict otherwise;

    private Authorizer(Authorization authorization) {
        this.authorization = authorization;
        List<AccessRule> ordered = new ArrayList<>();
        for (Action action : List.of(Action.DENY, Action.ALLOW)) {
            authorization.rules().stream()
                    .filter(rule -> rule.action() == action)
                    .map(AccessRule::new)
                    .forEach(ordered::add);
        }
        rules = List.copyOf(ordered);
        otherwise = new AccessVerdict(authorization.effectiveDefault(), null);
    }

    /** Returns {@code null} when nobody can be denied. */
    public static @Nullable Authorizer of(Authorization authorization) {
        return authorization.mayDeny() ? new Authorizer(authorization) : null;
    }

    /** What it was made from. */
    public Authorization authorization() {
        return authorization;
    }

    /** Whether what is denied is refused. */
    public boolean enforces() {
        return authorization.effectiveMode() == Mode.ENFORCE;
    }

    /** @param source who calls, as a certificate proved it */
    public AccessVerdict decide(RequestHead head, RouteSource source) {
        List<PathReadings> paths = List.of();
        for (int i = 0; i < rules.size(); i++) {
            AccessRule rule = rules.get(i);
            if (!rule.meets(source)) {
                continue;
            }
            if (paths.isEmpty() && rule.readsPath()) {
                paths = paths(head); // many readings: only for who comes to a rule that looks at them
            }
            if (rule.holds(head, paths)) {
                return rule.verdict();
            }
        }
        return otherwise;
    }

    /** The same for a connection that is no request: a rule that looks at requests does not hold for it. */
    public AccessVerdict decideStream(RouteSource source) {
        for (int i = 0; i < rules.size(); i++) {
            AccessRule rule = rules.get(i);
            if (rule.isOfCallersAlone() && rule.meets(source)) {
                return rule.verdict();
            }
        }
        return otherwise;
    }

    /** How far a caller comes, whatever it asks. */
    public Reach reach(RouteSource source) {
        List<AccessRule> own = rules.stream().filter(rule -> rule.meets(source)).toList();
        List<String> names =
                own.stream().map(rule -> String.valueOf(rule.verdict().rule())).toList();
        if (own.stream().anyMatch(rule -> rule.isOf(Action.DENY) && rule.isOfCallersAlone())) {
            return new Reach(Extent.NONE, names);
        }
        boolean all = otherwise.action() == Action.ALLOW
                || own.stream().anyMatch(rule -> rule.isOf(Action.ALLOW) && rule.isOfCallersAlone());
        boolean exceptions = own.stream().anyMatch(rule -> rule.isOf(all ? Action.DENY : Action.ALLOW));
        if (exceptions) {
            return new Reach(Extent.SOME, names);
        }
        return new Reach(all ? Extent.ALL : Extent.NONE, names);
    }

    private static List<PathReadings> paths(RequestHead head) {
        List<PathReadings> paths = null;
        PathReadings sent = PathReadings.of(head.path());
        for (int i = 0; i < REWRITTEN.size(); i++) {
            for (String other : head.headers().all(REWRITTEN.get(i))) {
                if (paths == null) {
                    paths = new ArrayList<>(List.of(sent));
                }
                paths.add(PathReadings.of(pathOf(other.trim())));
            }
        }
        return paths == null ? List.of(sent) : paths;
    }

    /** Of a path with a query, or of a whole URL. */
    private static String pathOf(String url) {
        int query = url.indexOf('?');
        String whole = query < 0 ? url : url.substring(0, query);
        Matcher scheme = SCHEME.matcher(whole);
        if (!scheme.lookingAt()) {
            return whole;
        }
        int slash = whole.indexOf('/', scheme.end());
        return slash < 0 ? "/" : whole.substring(slash);
    }
}
