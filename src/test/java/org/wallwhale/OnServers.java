package org.wallwhale;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** A test of what only some servers do; against others it is reported as skipped, for this reason. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnServers.Condition.class)
public @interface OnServers {
    ServerKind[] value();

    String because();

    /** Before any server is started. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return AnnotationSupport.findAnnotation(context.getElement(), OnServers.class)
                    .filter(these -> !List.of(these.value()).contains(ServerKind.underTest()))
                    .map(these -> ConditionEvaluationResult.disabled(these.because()))
                    .orElse(ConditionEvaluationResult.enabled(null));
        }
    }
}
