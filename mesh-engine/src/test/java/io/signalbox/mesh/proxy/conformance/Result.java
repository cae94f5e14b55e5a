package io.signalbox.mesh.proxy.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One of the things that a caller may get for an answer of the application. */
sealed interface Result {

    /** Empty when that is what the caller got, else what is different. */
    List<String> difference(List<Answer> got);

    static Passed passed(int status, String body) {
        return new Passed(status, Wire.text(Wire.bytes(body)), List.of(), List.of(), List.of(), List.of());
    }

    /** The sidecar answers itself that it got none. */
    static Result failed() {
        return new Failed(Set.of(502));
    }

    /** The caller can see that the answer is not whole, or gets none. */
    static Result brokenOff() {
        return new BrokenOff();
    }

    /**
     * The answer comes through.
     *
     * @param fields those that must be there with exactly these values, {@code absent} those that must not
     */
    record Passed(
            int status,
            String body,
            List<Field> fields,
            List<String> absent,
            List<Field> trailers,
            List<Integer> interim)
            implements Result {

        Passed with(String name, String value) {
            return new Passed(
                    status,
                    body,
                    added(fields, new Field(name, Wire.text(Wire.bytes(value)))),
                    absent,
                    trailers,
                    interim);
        }

        Passed without(String name) {
            return new Passed(status, body, fields, added(absent, name), trailers, interim);
        }

        Passed trailer(String name, String value) {
            return new Passed(status, body, fields, absent, added(trailers, new Field(name, value)), interim);
        }

        Passed after(Integer... statuses) {
            return new Passed(status, body, fields, absent, trailers, List.of(statuses));
        }

        @Override
        public List<String> difference(List<Answer> got) {
            if (got.size() != 1) {
                return List.of("no answer (expected: " + status + ")");
            }
            Answer answer = got.getFirst();
            List<String> wrong = new ArrayList<>();
            expect(wrong, "status", answer.status(), status);
            expect(wrong, "complete", answer.complete(), true);
            expect(wrong, "body", answer.message().body(), body);
            expect(wrong, "trailers", Field.byName(answer.message().trailers()), Field.byName(trailers));
            expect(
                    wrong,
                    "interim",
                    answer.interim().stream().map(Message::status).toList(),
                    interim);
            for (Field field : fields) {
                expect(wrong, field.name(), answer.message().all(field.name()), Field.all(fields, field.name()));
            }
            for (String name : absent) {
                expect(wrong, name, answer.message().all(name), List.of());
            }
            return wrong;
        }

        private static <T> List<T> added(List<T> list, T more) {
            List<T> longer = new ArrayList<>(list);
            longer.add(more);
            return longer;
        }

        private static void expect(List<String> wrong, String what, Object seen, Object wanted) {
            if (!seen.equals(wanted)) {
                wrong.add(what + ": " + Wire.shown(seen.toString()) + " (expected: " + Wire.shown(wanted.toString())
                        + ")");
            }
        }
    }

    record Failed(Set<Integer> statuses) implements Result {

        public Failed {
            statuses = Set.copyOf(statuses);
        }

        @Override
        public List<String> difference(List<Answer> got) {
            boolean failed = got.size() == 1
                    && got.getFirst().complete()
                    && statuses.contains(got.getFirst().status())
                    && got.getFirst().message().all("X-App").isEmpty();
            return failed ? List.of() : List.of("status: " + got + " (expected: one of " + statuses + ")");
        }
    }

    record BrokenOff() implements Result {

        @Override
        public List<String> difference(List<Answer> got) {
            return got.stream().noneMatch(Answer::complete) ? List.of() : List.of("it looks complete");
        }
    }
}
