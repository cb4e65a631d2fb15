// What the community's dictionary leaves in English, or says in a software house's words.
export const words = {};
