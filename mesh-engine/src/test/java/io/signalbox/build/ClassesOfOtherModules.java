package io.signalbox.build;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;

/** Classes of this project that live outside one module's root package. */
final class ClassesOfOtherModules extends DescribedPredicate<JavaClass> {

    private final String root;

    private ClassesOfOtherModules(String root) {
        super("belong to another module than %s", root);
        this.root = root;
    }

    static ClassesOfOtherModules than(String root) {
        return new ClassesOfOtherModules(root);
    }

    @Override
    public boolean test(JavaClass type) {
        var name = type.getPackageName() + ".";
        return name.startsWith("io.signalbox.") && !name.startsWith(root + ".");
    }
}
