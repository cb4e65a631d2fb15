// What the FEEL editor offers while one types: the variables of this diagram and the functions of the procedure.

export function completion(studio) {
  function Variables() {
    this.getVariablesForElement = async () => {
      const own = studio.choices.variables[studio.file?.name] ?? [];
      return [
        ...own.map((name) => ({ name })),
        ...studio.choices.functions.map(({ name, info, params }) => ({
          name, info, type: "function", params: params.map((one) => ({ name: one, type: "" })),
        })),
      ];
    };
  }
  return { __init__: [], variableResolver: ["type", Variables] };
}
